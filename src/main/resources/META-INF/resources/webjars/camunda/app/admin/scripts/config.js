const {settings} = await import(`../../guiling/scripts/web-app.js?bust=${Date.now()}`);

export default await settings('admin', {chinese: '系统管理', english: 'Admin'});
