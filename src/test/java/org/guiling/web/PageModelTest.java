package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.RestController;

/** A page without its head shows nobody who is signed on, and no way to anywhere. */
class PageModelTest {

    /** Controllers that answer with files, and lead back to the pages of others; an error may be a page of nobody. */
    private static final Set<String> WITHOUT_A_PAGE = Set.of("DocumentPages", "LedgerActions", "ErrorPages");

    @Test
    void everyPageHasTheHead() {
        Set<String> withHead = List.of(
                        PageModel.class.getAnnotation(ControllerAdvice.class).assignableTypes())
                .stream()
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
        Set<String> without = new TreeSet<>(controllers());
        without.removeAll(withHead);

        assertThat(without).isEqualTo(new TreeSet<>(WITHOUT_A_PAGE));
    }

    private static Set<String> controllers() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        scanner.addExcludeFilter(new AnnotationTypeFilter(RestController.class));
        return scanner.findCandidateComponents("org.guiling.web").stream()
                .map(bean -> bean.getBeanClassName())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
    }
}
