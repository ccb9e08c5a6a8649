package org.guiling.item.todo;

import static org.assertj.core.api.Assertions.assertThat;

import org.guiling.item.SourceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who petition are masked; a water tank is not. In doubt the subject is a person. */
class PersonalDataTest {

    @ParameterizedTest
    @ValueSource(strings = {"二号楼顶水箱", "例河路路灯", "示例小区", "示例物业公司", "中压燃气管道占压点位", "新区垃圾站3处"})
    void thingsPlacesAndOfficesAreNotMasked(String subject) {
        assertThat(PersonalData.masked(SourceType.PETITION, subject)).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "张三",
                "王建林",
                "欧阳建山",
                "李某某",
                "居民王建林",
                "示例小区居民",
                "示例公司职工",
                "阿卜杜拉·买买提",
                "John",
                "张三反映水箱",
                "示例小区业主代表",
                "13800000000",
                "王水井",
                "某公司",
                "示例公司 13800000000 项目"
            })
    void peopleAreAndWhatMayBeSomebody(String subject) {
        assertThat(PersonalData.masked(SourceType.PETITION, subject)).endsWith("＊＊");
    }
}
