package org.guiling.web.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.util.Locale;
import org.guiling.item.timeline.FactSamples;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanUtils;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Facts of the timeline in the words of the reader, those that former versions noted among them. */
class TimelineTextsTest {

    private final Organization organization = mock(Organization.class);
    private TimelineTexts timelineTexts;

    @BeforeEach
    void prepare() throws NoSuchMethodException {
        when(organization.personName(anyString())).thenAnswer(call -> "人员" + call.getArgument(0));
        when(organization.unitName(anyString())).thenAnswer(call -> "单位" + call.getArgument(0));
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setDefaultEncoding("UTF-8");
        messages.setBasename("messages");
        messages.setFallbackToSystemLocale(false);
        Texts texts = BeanUtils.instantiateClass(
                        Texts.class.getDeclaredConstructor(MessageSource.class, Clock.class),
                        messages,
                        Clock.systemUTC())
                .in(Locale.SIMPLIFIED_CHINESE);
        timelineTexts = new TimelineTexts(organization, texts);
    }

    @ParameterizedTest
    @MethodSource("org.guiling.item.timeline.FactSamples#all")
    void aFactIsReadInWords(FactSamples.Sample sample) {
        assertThat(timelineTexts.line(sample.entry()).text()).isEqualTo(sample.text());
        assertThat(timelineTexts.line(sample.entry()).note()).isEqualTo(sample.note());
    }

    @ParameterizedTest
    @MethodSource("org.guiling.item.timeline.FactSamples#all")
    void aNoteOfAFormerVersionIsReadInTheSameWords(FactSamples.Sample sample) {
        assertThat(timelineTexts.line(sample.formerEntry())).isEqualTo(timelineTexts.line(sample.entry()));
    }
}
