package org.guiling.item.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts and places compared for the duplicate search (查重). */
class LikenessTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "样例路, 样例路, true",
                "样例路, 丁湾街道样例路, true",
                "丁湾街道样例路, 丁弯街道样例路, true",
                "-, 样例路, true",
                "甲村, 乙村, false",
                "样例路三号, 样例路四号, false",
                "样例路 3 号, 样例路４号, false",
                "第一样例小学, 第二样例小学, false",
                "东阳村村委会前, 西阳村村委会前, false",
                "样例路, 例河左岸, false",
                "样例路1号, 样例路11号, false",
                "样例路十号, 样例路二十号, false",
                "样例路, 样例路3号, true",
                "样例路5号, 样例路5号楼2单元, true",
            })
    void twoPlacesAreOneOrTwo(String one, String other, boolean same) {
        assertThat(Likeness.isSamePlace(one, other, 80)).isEqualTo(same);
        assertThat(Likeness.isSamePlace(other, one, 80)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "第1校食堂老化, 第12校食堂老化, true",
        "甲校食堂老化, 乙校食堂老化, true",
        "三号楼通道占用, 十三号楼通道占用, true",
        "被三辆车占用, 被四辆车占用, false",
        "第1校食堂老化, 第1校食堂损坏, false",
        "甲校食堂老化, 甲校食堂老化, false",
    })
    void textsThatOnlyNumberWhatTheyAreAboutAreTold(String one, String other, boolean apart) {
        assertThat(Likeness.isNumberedApart(one, other)).isEqualTo(apart);
        assertThat(Likeness.isNumberedApart(other, one)).isEqualTo(apart);
    }

    @Test
    void oneCharacterIsADifferenceButASmallOne() {
        assertThat(Likeness.of("井盖缺失", "井盖缺失")).isEqualTo(1);
        assertThat(Likeness.of("井盖缺失", "井盖损失")).isEqualTo(0.75);
        assertThat(Likeness.of("ＡＢ，井盖 缺失。", "ab井盖缺失")).isEqualTo(1);
        assertThat(Likeness.of("井盖缺失", "窗口收费")).isZero();
        assertThat(Likeness.of(null, "")).isEqualTo(1);
        assertThat(Likeness.of("井", null)).isZero();
    }

    @Test
    void whatDiffersIsMarkedAndLongTextsAreCut() {
        assertThat(Likeness.marked("井盖缺失三处", "井盖损失三处")).containsExactly("井盖【缺】失三处", "井盖【损】失三处");
        assertThat(Likeness.marked("井盖", "井盖缺失")).containsExactly("井盖【】", "井盖【缺失】");
        assertThat(Likeness.marked(null, "东村")).containsExactly("", "【东村】");
        String long1 = "一".repeat(100) + "甲" + "二".repeat(100);
        assertThat(Likeness.marked(long1, long1.replace("甲", "乙"))[0])
                .isEqualTo("…" + "一".repeat(12) + "【甲】" + "二".repeat(12) + "…");
    }
}
