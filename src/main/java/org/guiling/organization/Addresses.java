package org.guiling.organization;

/**
 * Addresses of a person outside this application.
 *
 * @param email or null
 * @param wecomUserId user id in WeCom (企业微信), or null
 * @param dingtalkUserId user id in DingTalk (钉钉), or null
 */
public record Addresses(String email, String wecomUserId, String dingtalkUserId) {}
