package org.guiling.notification;

/** The ways out of the house; the in-app channel (站内) is the table {@code notice} and always there. */
public enum ChannelName {
    EMAIL,
    WEBHOOK,
    /** 企业微信群机器人 */
    WECOM_ROBOT,
    /** 企业微信应用消息 */
    WECOM_APPLICATION,
    /** 钉钉群机器人 */
    DINGTALK_ROBOT,
    /** 钉钉工作通知 */
    DINGTALK_WORK
}
