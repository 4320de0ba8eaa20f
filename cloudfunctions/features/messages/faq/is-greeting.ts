const GREETING =
  /^(?:(?:hi|hello|hey|hallo|good (?:morning|afternoon|evening))(?: there)?|(?:你|您|老师)好[呀啊吖]?|嗨|哈[喽啰罗]|在吗|在么|在不在|有人吗)[\s!！.。,，?？~～]*$/iu;

/** Whether it is only said to begin with, and no question. */
export const isGreeting = (text: string): boolean => GREETING.test(text);
