// Chinese first: English for those who chose it on Guiling's pages, or whose browser asks for it.
const chosen = document.cookie.match(/(?:^|;\s*)guiling-language=([\w-]+)/);
const english = (chosen ? chosen[1] : navigator.language).startsWith('en');

// Guiling's login is the only one: Camunda's own form has no password to check.
const toLogin = () => {
  if (location.hash.startsWith('#/login')) {
    location.assign('/login');
  }
};
window.addEventListener('hashchange', toLogin);
toLogin();

export default {
  app: {
    name: english ? 'Cockpit' : '流程监控',
    vendor: english ? 'Guiling' : '归零'
  },
  locales: {
    availableLocales: english ? ['en'] : ['zh-CN'],
    fallbackLocale: english ? 'en' : 'zh-CN'
  },
  // Guards and records hang on listeners: an operator who skips them must say so.
  skipCustomListeners: {
    default: false,
    hidden: false
  },
  disableWelcomeMessage: true
};
