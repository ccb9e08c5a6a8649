// In the page of a process instance: a link to the item that it is about, for whoever may see that item.

const english = document.documentElement.lang.startsWith('en');
const ITEM = /^ZG-\d{4}-\d+$/;

const open = itemNo => (english ? `Open item ${itemNo}` : `打开事项 ${itemNo}`);
const closed = itemNo => (english ? `You may not see item ${itemNo}` : `您无权查看事项 ${itemNo}`);

/** Built by hand, so that a business key is never read as markup. */
function button(text, address) {
  const link = document.createElement('a');
  link.className = 'btn btn-default btn-toolbar guiling-item';
  link.title = text;
  link.setAttribute('aria-label', text);
  if (address) {
    link.href = address;
  } else {
    link.setAttribute('disabled', '');
  }
  const sign = document.createElement('span');
  sign.className = 'glyphicon glyphicon-list-alt';
  link.append(sign);
  return link;
}

export default {
  id: 'guiling-item-link',
  pluginPoint: 'cockpit.processInstance.runtime.action',
  priority: 100,
  properties: {label: english ? 'Item' : '事项'},
  render: async (node, {processInstanceId, api}) => {
    const instance = await (await fetch(`${api.engineApi}/process-instance/${processInstanceId}`)).json();
    const itemNo = instance.businessKey;
    if (!ITEM.test(itemNo)) {
      return;
    }
    const answer = await fetch(`/items/${itemNo}/summary`, {method: 'HEAD'});
    node.append(answer.ok ? button(open(itemNo), `/items/${itemNo}`) : button(closed(itemNo)));
  }
};
