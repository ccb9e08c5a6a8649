const {english, settings} = await import(`../../guiling/scripts/web-app.js?bust=${Date.now()}`);

if (!english) {
  const {speakChinese} = await import(`../../guiling/scripts/form-messages.js?bust=${Date.now()}`);
  speakChinese();
}

// The nearest deadline first. Tasklist itself begins with the newest task; any other order stays a click away.
if (!location.hash.includes('sorting=')) {
  const parameters = new URLSearchParams(location.hash.split('?')[1]);
  parameters.set('sorting', JSON.stringify([{sortBy: 'dueDate', sortOrder: 'asc'}]));
  location.replace(`#/?${parameters}`);
}

export default {
  ...(await settings('tasklist', {chinese: '任务列表', english: 'Tasklist'})),
  customScripts: [`../guiling/scripts/item-tabs.js?bust=${Date.now()}`]
};
