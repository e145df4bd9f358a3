package io.notagenbench.benchmark.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Piece;
import io.notagenbench.results.PieceCounters;
import io.notagenbench.results.StretchCounters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Param;

/** Another value of a parameter is other work: none is only a label in the results. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParameterEffectTest {

    private ModelState model;

    @BeforeAll
    void load() {
        model = States.model("onnx", "recompute");
    }

    @AfterAll
    void close() {
        model.close();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(ModelState.class, "model", "small"),
                Arguments.of(ModelState.class, "backend", "onnx"),
                Arguments.of(ModelState.class, "device", "cuda"),
                Arguments.of(ModelState.class, "provider", "tensorrt"),
                Arguments.of(ModelState.class, "caches", "host"),
                Arguments.of(ModelState.class, "precision", "int4"),
                Arguments.of(ModelState.class, "decoding", "cached"),
                Arguments.of(ModelState.class, "threads", "3"),
                Arguments.of(ContextState.class, "context", "20"),
                Arguments.of(RecordedPatchesState.class, "work", "four-voices"),
                Arguments.of(RecordedPatchesState.class, "temperature", "3"),
                Arguments.of(RecordedPatchesState.class, "topK", "1"),
                Arguments.of(RecordedPatchesState.class, "topP", "0.3"),
                Arguments.of(LogitsState.class, "temperature", "3"),
                Arguments.of(LogitsState.class, "topK", "1"),
                Arguments.of(LogitsState.class, "topP", "0.3"),
                Arguments.of(PieceState.class, "patchLength", "32"),
                Arguments.of(PieceState.class, "temperature", "3"),
                Arguments.of(PieceState.class, "topK", "1"),
                Arguments.of(PieceState.class, "topP", "0.3"),
                Arguments.of(PieceState.class, "seed", "1"),
                Arguments.of(PieceState.class, "prompt", "Baroque/Bach/Choral"),
                Arguments.of(PieceState.class, "work", "two-voices"),
                Arguments.of(PieceState.class, "patches", "20"),
                Arguments.of(PieceState.class, "timeLimit", "0.001"),
                Arguments.of(StretchState.class, "work", "long"),
                Arguments.of(StretchState.class, "patchLength", "32"),
                Arguments.of(StretchState.class, "patches", "3"),
                Arguments.of(TextState.class, "work", "four-voices"),
                Arguments.of(TextState.class, "patchLength", "48"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesTheWork(Class<?> state, String parameter, String value) {
        assertThat(work(state, parameter, value)).isNotEqualTo(work(state, parameter, null));
    }

    @ParameterizedTest
    @ValueSource(classes = {StepState.class, PatchState.class, PieceState.class})
    void decodingChangesTheWorkOfTheStage(Class<?> state) {
        ModelState recompute = model;
        Object recomputed = work(state, null, null);
        model = States.model("onnx", "cached");
        try {
            assertThat(work(state, null, null)).isNotEqualTo(recomputed);
        } finally {
            model.close();
            model = recompute;
        }
    }

    @Test
    void everyParameterIsTried() {
        List<String> declared = new ArrayList<>();
        for (Class<?> state : List.of(ModelState.class, ContextState.class, StepState.class, PatchState.class,
                RecordedPatchesState.class, LogitsState.class, PieceState.class, StretchState.class, TextState.class)) {
            Arrays.stream(state.getFields()).filter(field -> field.isAnnotationPresent(Param.class))
                    .forEach(field -> declared.add(state.getSimpleName() + "." + field.getName()));
        }
        List<String> tried = changes().map(Arguments::get)
                .map(change -> ((Class<?>) change[0]).getSimpleName() + "." + change[1]).toList();

        assertThat(tried).containsExactlyInAnyOrderElementsOf(declared);
    }

    /** What the state does with its defaults, but for one value. */
    private Object work(Class<?> type, String parameter, String value) {
        Object state = States.withDefaults(create(type));
        if (value != null) {
            set(state, parameter, value);
        }
        return orRefusal(() -> {
            if (state instanceof ModelState loading) {
                return loaded(loading);
            } else if (state instanceof ContextState context) {
                context.encode(model);
                return boxed(context.ids());
            } else if (state instanceof StepState step) {
                return afterAChangeOfTheFirstPatch(step);
            } else if (state instanceof PatchState patch) {
                patch.open(model);
                List<Object> logits = List.of(Arrays.hashCode(patch.sixteenSteps()));
                patch.close();
                return logits;
            } else if (state instanceof RecordedPatchesState patches) {
                return decoded(patches);
            } else if (state instanceof LogitsState logits) {
                logits.compute();
                return logits.drawAll();
            } else if (state instanceof PieceState piece) {
                return written(piece);
            } else if (state instanceof StretchState stretch) {
                stretch.prepare(model);
                stretch.open(model);
                stretch.decode();
                String text = stretch.text();
                stretch.close(new StretchCounters());
                return text;
            }
            TextState text = (TextState) state;
            text.load();
            return List.of(text.decode(), boxed(text.encode()));
        });
    }

    /** A value that the engine refuses with a reason is not ignored either. */
    private static Object orRefusal(Supplier<Object> work) {
        try {
            return work.get();
        } catch (Fault fault) {
            return fault.getMessage();
        }
    }

    private static Object loaded(ModelState state) {
        state.load();
        List<Object> loaded = List.of(state.config(), state.model().settings(), state.model().getClass());
        state.close();
        return loaded;
    }

    /** Only a decoder that reads the whole context again can notice that an old patch is another. */
    private Object afterAChangeOfTheFirstPatch(StepState state) {
        ContextState context = States.withDefaults(new ContextState());
        context.encode(model);
        state.open(model, context);
        float[] before = new float[model.config().hidden()];
        float[] after = new float[model.config().hidden()];
        state.step();
        state.hiddenState(before);
        context.ids()[0] = 'x';
        state.step();
        state.hiddenState(after);
        state.close();
        return Arrays.equals(before, after);
    }

    private Object decoded(RecordedPatchesState state) {
        PatchState patch = States.withDefaults(new PatchState());
        patch.open(model);
        state.choose();
        int drawn = state.decode(patch);
        patch.close();
        return drawn;
    }

    private Object written(PieceState state) {
        if (state.patches.equals("0")) {
            state.patches = "60";
        }
        state.prepare(model);
        state.open(model);
        Piece piece = state.generate();
        state.close(new PieceCounters());
        return List.of(piece.raw(), piece.work());
    }

    private static List<Integer> boxed(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    private static Object create(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Object state, String parameter, String value) {
        try {
            States.set(state, state.getClass().getField(parameter), value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
