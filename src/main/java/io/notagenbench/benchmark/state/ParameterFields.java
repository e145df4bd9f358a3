package io.notagenbench.benchmark.state;

import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.lang.reflect.Field;
import org.openjdk.jmh.annotations.Param;

/** Reads the {@code @Param} fields of a state as checked parameters; each has the name of a {@link Parameter}. */
final class ParameterFields {

    private ParameterFields() {
    }

    /** @throws io.notagenbench.fault.Fault (usage) if a value is not allowed */
    static Parameters of(Object... states) {
        Parameters parameters = Parameters.defaults();
        for (Object state : states) {
            for (Field field : state.getClass().getFields()) {
                if (field.isAnnotationPresent(Param.class)) {
                    parameters = parameters.with(Parameter.of(field.getName()), value(state, field));
                }
            }
        }
        return parameters;
    }

    private static String value(Object state, Field field) {
        try {
            return field.get(state).toString();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("JMH asks for public parameter fields", e);
        }
    }
}
