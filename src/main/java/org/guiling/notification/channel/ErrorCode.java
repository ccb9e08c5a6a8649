package org.guiling.notification.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.guiling.notification.UndeliverableException;

/**
 * The result that WeCom and DingTalk report of a call, with HTTP status 200 either way: {@code errcode} in the body
 * decides. DingTalk answers 88 where it does not accept the caller, and tells the reason in {@code sub_code}.
 */
record ErrorCode(int code, String subCode) {

    private static final int OK = 0;
    private static final int NOT_ACCEPTED = 88;

    /** 不合法的 access_token, access_token 已过期: the same numbers at both. */
    private static final Set<Integer> TOKEN_OVER = Set.of(40014, 42001);

    /** An answer without a code is none that we know. */
    static ErrorCode of(JsonNode answer) {
        return new ErrorCode(
                answer.path("errcode").asInt(Integer.MIN_VALUE),
                answer.path("sub_code").asText(""));
    }

    boolean isTokenOver() {
        return TOKEN_OVER.contains(code)
                || code == NOT_ACCEPTED
                        && TOKEN_OVER.stream().map(String::valueOf).anyMatch(subCode::equals);
    }

    /** @throws UndeliverableException with the code alone: the text beside it may quote what was sent */
    void requireOk() {
        if (code == Integer.MIN_VALUE) {
            throw new UndeliverableException("The answer has no errcode");
        }
        if (code != OK) {
            throw new UndeliverableException("errcode " + code + (subCode.isEmpty() ? "" : ", sub_code " + subCode));
        }
    }
}
