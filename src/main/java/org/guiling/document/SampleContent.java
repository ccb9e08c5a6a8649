package org.guiling.document;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** A content that says where each placeholder goes: ‹title› for {@code title}; lists have one row. */
final class SampleContent {

    private SampleContent() {}

    static Record of(DocumentKind kind) {
        return of(kind.content());
    }

    private static Record of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return (Record) type.getDeclaredConstructors()[0].newInstance(
                    Arrays.stream(components).map(SampleContent::value).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.toString(), e);
        }
    }

    private static Object value(RecordComponent component) {
        if (component.getType() == List.class) {
            return List.of(of((Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]));
        }
        return component.getType().isRecord() ? of(component.getType()) : "‹" + component.getName() + "›";
    }
}
