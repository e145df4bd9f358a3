package io.notagenbench.benchmark.state;

import java.lang.reflect.Field;
import org.openjdk.jmh.annotations.Param;

/** Fills states as JMH would: every parameter with its first declared value, so that tests and defaults cannot drift. */
public final class States {

    private States() {
    }

    public static <T> T withDefaults(T state) {
        for (Field field : state.getClass().getFields()) {
            Param values = field.getAnnotation(Param.class);
            if (values != null) {
                set(state, field, values.value()[0]);
            }
        }
        return state;
    }

    private static void set(Object state, Field field, String value) {
        try {
            field.set(state, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A loaded model for pieces that are decoded together, to be closed. */
    public static BatchModelState batchModel(String backend) {
        BatchModelState state = withDefaults(new BatchModelState());
        state.backend = backend;
        state.load();
        return state;
    }

    /** A loaded model, to be closed. */
    public static ModelState model(String backend, String decoding) {
        ModelState state = withDefaults(new ModelState());
        state.backend = backend;
        state.decoding = decoding;
        state.load();
        return state;
    }
}
