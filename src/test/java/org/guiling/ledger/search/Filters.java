package org.guiling.ledger.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.core.ResolvableType;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.validation.DataBinder;

/** Filters as an address states them, read as the web reads them. */
public final class Filters {

    private Filters() {}

    /** @param conditions parameters, each followed by its value */
    public static LedgerFilter of(String... conditions) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (int i = 0; i < conditions.length; i += 2) {
            asked.put(conditions[i], conditions[i + 1]);
        }
        return of(asked);
    }

    static LedgerFilter of(Map<String, String> asked) {
        DataBinder binder = new DataBinder(null, "filter");
        binder.setTargetType(ResolvableType.forClass(LedgerFilter.class));
        binder.setConversionService(new DefaultFormattingConversionService());
        binder.construct(new DataBinder.ValueResolver() {
            @Override
            public Object resolveValue(String name, Class<?> type) {
                return asked.get(name);
            }

            @Override
            public Set<String> getNames() {
                return asked.keySet();
            }
        });
        if (binder.getBindingResult().hasErrors()) {
            throw new IllegalArgumentException(binder.getBindingResult().toString());
        }
        return (LedgerFilter) binder.getTarget();
    }
}
