package io.notagenbench.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferenceForwardTest {

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 32);
    private static final int[] CHARS = "[r:0/31][V:1]A4|".chars().toArray();

    private final ReferenceForward forward = new ReferenceForward(new NormalWeights());

    @Test
    void laterPatchesDoNotChangeEarlierOnes() {
        int[] patches = new Random(1).ints(5 * ModelConfig.PATCH_SIZE, 0, ModelConfig.VOCABULARY).toArray();
        double[][] all = forward.hiddenStates(patches, 5);
        assertThat(forward.hiddenStates(Arrays.copyOf(patches, 48), 3)).isDeepEqualTo(Arrays.copyOf(all, 3));
        patches[0] ^= 1;
        assertThat(forward.hiddenStates(patches, 5)[4]).isNotEqualTo(all[4]);
    }

    @Test
    void laterCharsDoNotChangeEarlierLogits() {
        double[] hidden = new Random(2).doubles(CONFIG.hidden(), -1, 1).toArray();
        double[][] all = forward.logits(hidden, CHARS, 16);
        assertThat(forward.logits(hidden, CHARS, 7)).isDeepEqualTo(Arrays.copyOf(all, 7));
        hidden[5] += 0.1;
        assertThat(forward.logits(hidden, CHARS, 16)[15]).isNotEqualTo(all[15]);
    }

    @Test
    void hiddenStatesAreNormalised() {
        double[] hidden = forward.hiddenStates(CHARS, 1)[0];
        assertThat(Arrays.stream(hidden).average().orElseThrow()).isCloseTo(0, within(1e-9));
        assertThat(Arrays.stream(hidden).map(value -> value * value).average().orElseThrow()).isCloseTo(1, within(1e-3));
    }

    /** GPT-2's initialisation: LayerNorms are the identity, biases 0, all others normal with deviation 0.02. */
    private static final class NormalWeights implements Weights {

        @Override
        public String name() {
            return "normal";
        }

        @Override
        public ModelConfig config() {
            return CONFIG;
        }

        @Override
        public String hash() {
            return "0";
        }

        @Override
        public void read(TensorSpec tensor, FloatBuffer into) {
            Random random = new Random(tensor.name().hashCode());
            boolean norm = tensor.name().contains("ln_") && tensor.name().endsWith("weight");
            for (long i = 0; i < tensor.elements(); i++) {
                into.put(tensor.shape().size() > 1 ? (float) (0.02 * random.nextGaussian()) : norm ? 1 : 0);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
