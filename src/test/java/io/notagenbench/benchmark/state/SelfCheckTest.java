package io.notagenbench.benchmark.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ChangedWeights;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.nio.FloatBuffer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An engine that computes something else gets no time. The wrong engines are real ones that were given wrong weights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelfCheckTest {

    private static final int PATCHES = 12;
    private static final EngineSettings SETTINGS = EngineSettings.of(
            Parameters.defaults().with(Parameter.BACKEND, "onnx"));

    private final int[] context = TraceContext.of(Trace.load("long"), PATCHES);
    private NotaGenModel right;

    @BeforeAll
    void load() {
        right = open(name -> false);
    }

    @AfterAll
    void close() {
        right.close();
    }

    /** The tiny checkpoint, the weights of that name negated. */
    private static NotaGenModel open(Predicate<String> negated) {
        return open(Decoding.CACHED, negated);
    }

    private static NotaGenModel open(Decoding decoding, Predicate<String> negated) {
        EngineSettings settings = new EngineSettings(SETTINGS.backend(), SETTINGS.device(), SETTINGS.precision(), decoding,
                SETTINGS.threads());
        try (Weights weights = new NegatedWeights(ModelSource.open(ModelSource.TINY), negated)) {
            return BackendProvider.of("onnx").open(settings, weights);
        }
    }

    private record NegatedWeights(Weights weights, Predicate<String> negated) implements ChangedWeights {

        @Override
        public void read(TensorSpec tensor, FloatBuffer into) {
            int start = into.position();
            weights.read(tensor, into);
            if (negated.test(tensor.name())) {
                for (int i = start; i < into.position(); i++) {
                    into.put(i, -into.get(i));
                }
            }
        }
    }

    @Test
    void acceptsTheSameComputation() {
        for (Decoding decoding : Decoding.values()) {
            try (NotaGenModel model = open(decoding, name -> false);
                    PatchDecoder decoder = PatchDecoders.open(decoding, model, PATCHES)) {
                assertThatCode(() -> SelfCheck.run(model, decoder, context, PATCHES, Parameters.defaults()))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void refusesAWrongPatchLevel() {
        refuses("patch_level_decoder.base.h.0.mlp.c_proj.weight", "WRONG_OUTPUT: the hidden state");
    }

    @Test
    void refusesAWrongCharLevel() {
        refuses("char_level_decoder.base.transformer.h.0.mlp.c_proj.weight", "WRONG_OUTPUT: the patch");
    }

    private void refuses(String tensor, String message) {
        refuses(Decoding.CACHED, tensor, message);
        refuses(Decoding.FUSED, tensor, message);
    }

    private void refuses(Decoding decoding, String tensor, String message) {
        try (NotaGenModel wrong = open(decoding, tensor::equals);
                PatchDecoder decoder = PatchDecoders.open(decoding, wrong, PATCHES)) {
            assertThatThrownBy(() -> SelfCheck.run(right, decoder, context, PATCHES, Parameters.defaults()))
                    .isInstanceOf(Fault.class).hasMessageStartingWith(message);
        }
    }

    @Test
    void aCardIsWarmedUpByTheModelUntilTheTimeIsOver() {
        assertThat(CardWarmUp.run(right, 0)).isOne();
        assertThat(CardWarmUp.run(right, 50_000_000)).isPositive();
    }
}
