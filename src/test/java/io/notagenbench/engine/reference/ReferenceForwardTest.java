package io.notagenbench.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.RandomWeights;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceForwardTest {

    /** The golden file has eight decimals. */
    private static final double PRINTED_DIGITS = 1e-8;

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 32);
    private static final int[] CHARS = "[r:0/31][V:1]A4|".chars().toArray();

    private final ReferenceForward forward = new ReferenceForward(new RandomWeights(CONFIG));

    @Test
    void equalsTheOriginal() {
        Golden original = Golden.micro();
        try (Weights weights = ModelSource.open("src/test/resources/reference/micro.pth")) {
            Golden reference = original.computedWith(weights);
            assertThat(worst(reference.hidden(), original.hidden())).isLessThan(PRINTED_DIGITS);
            assertThat(worst(reference.logits(), original.logits())).isLessThan(PRINTED_DIGITS);
        }
    }

    private static double worst(double[][] one, double[][] other) {
        assertThat(one.length).isEqualTo(other.length);
        return IntStream.range(0, one.length).boxed()
                .flatMapToDouble(row -> IntStream.range(0, one[row].length).mapToDouble(i -> Math.abs(one[row][i] - other[row][i])))
                .max().orElseThrow();
    }

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
}
