Component({ externalClasses: ['t-class'], options: { addGlobalClass: false } });
