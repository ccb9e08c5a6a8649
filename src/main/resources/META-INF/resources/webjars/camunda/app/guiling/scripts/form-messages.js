// form-js says what is wrong with a field in English, whatever the language of the page, and takes no other words for it.

const CHINESE = [
  [/^Field is required\.$/, () => '请填写此项。'],
  [/^Field must have minimum length of (.+)\.$/, minimum => `至少 ${minimum} 个字。`],
  [/^Field must have maximum length of (.+)\.$/, maximum => `最多 ${maximum} 个字。`],
  [/^Field must have minimum value of (.+)\.$/, minimum => `不能小于 ${minimum}。`],
  [/^Field must have maximum value of (.+)\.$/, maximum => `不能大于 ${maximum}。`],
  [/^Field must match pattern .+\.$/, () => '格式不正确。'],
  [/^Field must be a valid email\.$/, () => '邮箱地址不正确。']
];

function translate(text) {
  const [said, chinese] = CHINESE.find(([pattern]) => pattern.test(text.data)) ?? [];
  if (said) {
    text.data = chinese(text.data.match(said)[1]);
  }
}

/** From now on, in each form that Tasklist shows. */
export function speakChinese() {
  const observer = new MutationObserver(() => {
    for (const message of document.querySelectorAll('.fjs-form-field-error li')) {
      message.childNodes.forEach(translate);
    }
  });
  observer.observe(document.documentElement, {childList: true, characterData: true, subtree: true});
}
