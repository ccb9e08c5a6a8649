package org.guiling.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharactersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "整改\t台账\r\n第二行",
                "\u202e\u0645\u0631\u062d\u0628\u0627",
                "\ud842\udfb7",
                "e\u0301",
                "\ufeff",
                "\ufffd"
            })
    void whatPeopleWriteIsAllowed(String text) {
        assertThat(Characters.areAllowed(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "\u0001",
                "\u001b[31m",
                "\u007f",
                "\u0085",
                "a\ud800",
                "\udc00b",
                "\ufffe",
                "\uffff",
                "\ufdd0",
                "\ud83f\udfff"
            })
    void whatNobodySeesIsNot(String text) {
        assertThat(Characters.areAllowed(text)).isFalse();
    }
}
