/** The mini program alone. The program's script comes last: it starts the runtime. */
export const appPage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>书童</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/preview/static/fonts.css">
<link rel="stylesheet" href="/preview/static/screen.css">
<link rel="stylesheet" href="/preview/static/elements.css">
<link rel="stylesheet" href="/preview/program/program.css">
<script defer src="/preview/clock.js"></script>
<script defer src="/preview/static/runtime.js"></script>
<script defer src="/preview/program/program.js"></script>
</head>
<body></body>
</html>
`;

/** The phone with the switches beside it. */
export const framePage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>书童 · 预览</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/preview/static/fonts.css">
<link rel="stylesheet" href="/preview/static/frame/frame.css">
<script defer src="/preview/static/frame.js"></script>
</head>
<body>
<main id="phone"><iframe id="screen" title="书童" src="/app" allow="camera; clipboard-read; clipboard-write"></iframe></main>
<aside id="panel"></aside>
</body>
</html>
`;

/** Tells the phone how far the cloud's clock is ahead of the machine's, in ms, before anything runs. */
export const clockScript = (offset: number): string => `globalThis.__previewClockOffset = ${offset};\n`;
