package org.guiling.signon;

/** The ways to prove one's identity. */
public enum SignOnWay {
    /** 本地密码: the password that Guiling keeps. */
    PASSWORD,
    /** 访问令牌: a personal access token, for scripts. */
    TOKEN,
    /** 目录服务: LDAP or Active Directory. */
    DIRECTORY,
    /** 统一身份认证: an OpenID Connect provider. */
    PROVIDER
}
