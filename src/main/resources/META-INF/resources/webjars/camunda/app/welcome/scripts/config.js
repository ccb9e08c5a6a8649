const {english, settings} = await import(`../../guiling/scripts/web-app.js?bust=${Date.now()}`);

export default {
  ...(await settings('welcome', {chinese: '首页', english: 'Welcome'})),
  links: [
    english
      ? {label: 'Guiling', href: '/', description: 'Start page: figures, most urgent items, my tasks'}
      : {label: '归零', href: '/', description: '整改总览、最紧急的事项、我的待办'}
  ]
};
