const {settings} = await import(`../../guiling/scripts/web-app.js?bust=${Date.now()}`);

export default {
  ...(await settings('cockpit', {chinese: '流程监控', english: 'Cockpit'})),
  customScripts: [`../guiling/scripts/item-link.js?bust=${Date.now()}`],
  // Guards and records hang on listeners: an operator who skips them must say so.
  skipCustomListeners: {
    default: false,
    hidden: false
  }
};
