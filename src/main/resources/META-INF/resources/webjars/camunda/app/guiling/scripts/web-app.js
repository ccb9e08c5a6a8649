// What Camunda's web apps share. Each app imports its config.js before it starts and waits for it, so that all of this
// has happened before the first word is on the screen.

// Chinese first: English for those who chose it on Guiling's pages, or whose browser asks for it.
const chosen = document.cookie.match(/(?:^|;\s*)(?:__Host-)?guiling-language=([\w-]+)/);
export const english = (chosen ? chosen[1] : navigator.language).startsWith('en');
const language = english ? 'en' : 'zh-CN';
document.documentElement.lang = language;

// RequireJS gives up on a plugin after seven seconds and leaves a blank page behind: on a slow line it shall wait.
window.require.config({waitSeconds: 0});

const CHINESE_CALENDAR = {
  weekdays: {
    shorthand: ['日', '一', '二', '三', '四', '五', '六'],
    longhand: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六']
  },
  months: {
    shorthand: Array.from({length: 12}, (_, month) => `${month + 1}月`),
    longhand: Array.from({length: 12}, (_, month) => `${month + 1}月`)
  },
  firstDayOfWeek: 1,
  yearAriaLabel: '年',
  monthAriaLabel: '月'
};

// Guiling's login is the only one: Camunda's own form has no password to check.
const toLogin = () => {
  if (location.hash.startsWith('#/login')) {
    location.assign('/login');
  }
};
window.addEventListener('hashchange', toLogin);
toLogin();

// The name at the top left leads back to Guiling's start page.
document.addEventListener(
  'click',
  event => {
    if (event.target.closest('.navbar-brand')) {
      event.preventDefault();
      event.stopPropagation();
      location.assign('/');
    }
  },
  true
);

// The calendar of form-js is flatpickr, which announces itself as a global.
if (!english) {
  let flatpickr = window.flatpickr;
  flatpickr?.localize(CHINESE_CALENDAR);
  Object.defineProperty(window, 'flatpickr', {
    configurable: true,
    get: () => flatpickr,
    set: loaded => {
      flatpickr = loaded;
      flatpickr.localize(CHINESE_CALENDAR);
    }
  });
}

// Camunda's header translates as soon as it is drawn, and shows raw keys if the texts are still on their way. It looks
// for them in this store first.
async function keepTexts(app) {
  const root = document.querySelector('base').getAttribute('app-root');
  const folder = `${root}/app/${app}/locales/`;
  const answer = await fetch(`${folder}${language}.json`, {cache: 'no-cache'});
  if (answer.ok) {
    const store = JSON.parse(localStorage.getItem('camunda-web') || '{}');
    store[`${folder}_locales_data_${language}_${window.bust}`] = JSON.stringify(await answer.json());
    localStorage.setItem('camunda-web', JSON.stringify(store));
  }
}

/** The settings that all apps have in common; to be completed by the app's own. */
export async function settings(app, names) {
  await keepTexts(app);
  return {
    app: {
      name: english ? names.english : names.chinese,
      vendor: english ? 'Guiling' : '归零'
    },
    locales: {
      availableLocales: [language],
      fallbackLocale: language
    },
    // Set with this page already; in production its name has a prefix.
    csrfCookieName: /(?:^|;\s*)__Host-XSRF-TOKEN=/.test(document.cookie) ? '__Host-XSRF-TOKEN' : 'XSRF-TOKEN',
    disableWelcomeMessage: true
  };
}
