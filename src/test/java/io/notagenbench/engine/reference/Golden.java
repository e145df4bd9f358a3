package io.notagenbench.engine.reference;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.checkpoint.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A context, a patch after it, and what a model makes of them in double precision.
 *
 * @param patches ids of the context, {@code [count * 16]}
 * @param hidden  hidden state of every patch, {@code [count][H]}
 * @param chars   the 16 characters of the patch after it
 * @param logits  logits at its 16 positions, {@code [16][128]}
 */
public record Golden(int[] patches, double[][] hidden, int[] chars, double[][] logits) {

    /** What the original PyTorch code makes of micro.pth. */
    public static Golden micro() {
        try (InputStream in = Golden.class.getResourceAsStream("/reference/micro.golden.json")) {
            ObjectMapper json = new ObjectMapper();
            JsonNode golden = json.readTree(in);
            int[][] patches = json.treeToValue(golden.get("patches"), int[][].class);
            return new Golden(Arrays.stream(patches).flatMapToInt(Arrays::stream).toArray(),
                    json.treeToValue(golden.get("hidden_fp64"), double[][].class),
                    json.treeToValue(golden.get("chars"), int[].class),
                    json.treeToValue(golden.get("logits_fp64"), double[][].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link ReferenceForward} makes of the same context and patch with other weights. */
    public Golden computedWith(Weights weights) {
        ReferenceForward reference = new ReferenceForward(weights);
        double[][] states = reference.hiddenStates(patches, count());
        return new Golden(patches, states, chars, reference.logits(states[count() - 1], chars, PATCH_SIZE));
    }

    /** Patches of the context. */
    public int count() {
        return patches.length / PATCH_SIZE;
    }
}
