package io.notagenbench.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * Name and shape of one tensor of a NotaGen checkpoint, spelled as in the state dict (notagen.md, section 1).
 *
 * @param name  key of the state dict
 * @param shape sizes, outermost first; linear weights of the GPT-2 blocks are {@code [in, out]} (Conv1D)
 */
public record TensorSpec(String name, List<Integer> shape) {

    private static final String PATCH = "patch_level_decoder.";
    private static final String PATCH_BASE = PATCH + "base.";
    private static final String CHAR_BASE = "char_level_decoder.base.";
    private static final String CHAR_TRANSFORMER = CHAR_BASE + "transformer.";

    /** {@code [H, 2048]}, used as a gather of 16 columns. */
    public static final String PATCH_EMBEDDING = PATCH + "patch_embedding.weight";
    /** {@code [H]}. */
    public static final String PATCH_EMBEDDING_BIAS = PATCH + "patch_embedding.bias";
    /** {@code [W, H]}. */
    public static final String PATCH_POSITIONS = PATCH_BASE + "wpe.weight";
    /** {@code [128, H]}. */
    public static final String CHAR_EMBEDDING = CHAR_TRANSFORMER + "wte.weight";
    /** {@code [17, H]}. */
    public static final String CHAR_POSITIONS = CHAR_TRANSFORMER + "wpe.weight";
    /** {@code [128, H]}, tied to {@link #CHAR_EMBEDDING}. */
    public static final String LM_HEAD = CHAR_BASE + "lm_head.weight";

    /** Number of tensors in a block. */
    public static final int BLOCK_TENSORS = 12;

    public long elements() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** Whether it is the weight of a linear layer in a GPT-2 block: those that are quantised. */
    public boolean isLinear() {
        return shape.size() == 2 && (name.startsWith(PATCH_BASE + "h.") || name.startsWith(CHAR_TRANSFORMER + "h."));
    }

    /** Whether the char-level decoder has it, and not the patch-level one. */
    public boolean isOfCharLevel() {
        return name.startsWith(CHAR_BASE);
    }

    /** The tensors of block {@code layer} of the patch-level decoder, in the order of {@link #block}. */
    public static List<TensorSpec> patchBlock(ModelConfig config, int layer) {
        return block(PATCH_BASE + "h." + layer + ".", config.hidden());
    }

    /** The tensors of block {@code layer} of the char-level decoder, in the order of {@link #block}. */
    public static List<TensorSpec> charBlock(ModelConfig config, int layer) {
        return block(CHAR_TRANSFORMER + "h." + layer + ".", config.hidden());
    }

    /** Weight and bias {@code [H]} of the final LayerNorm of the patch-level decoder. */
    public static List<TensorSpec> patchFinalNorm(ModelConfig config) {
        return norm(PATCH_BASE + "ln_f.", config.hidden());
    }

    /** Weight and bias {@code [H]} of the final LayerNorm of the char-level decoder. */
    public static List<TensorSpec> charFinalNorm(ModelConfig config) {
        return norm(CHAR_TRANSFORMER + "ln_f.", config.hidden());
    }

    /**
     * Every tensor that a forward pass reads, {@link #LM_HEAD} not among them because it is the same as
     * {@link #CHAR_EMBEDDING}: patch embedding and bias, patch positions, patch blocks, patch final norm, char
     * embedding, char positions, char blocks, char final norm.
     */
    public static List<TensorSpec> all(ModelConfig config) {
        int h = config.hidden();
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(of(PATCH_EMBEDDING, h, ModelConfig.PATCH_SIZE * ModelConfig.VOCABULARY));
        specs.add(of(PATCH_EMBEDDING_BIAS, h));
        specs.add(of(PATCH_POSITIONS, config.rows(), h));
        for (int layer = 0; layer < config.patchLayers(); layer++) {
            specs.addAll(patchBlock(config, layer));
        }
        specs.addAll(patchFinalNorm(config));
        specs.add(of(CHAR_EMBEDDING, ModelConfig.VOCABULARY, h));
        specs.add(of(CHAR_POSITIONS, ModelConfig.CHAR_ROWS, h));
        for (int layer = 0; layer < config.charLayers(); layer++) {
            specs.addAll(charBlock(config, layer));
        }
        specs.addAll(charFinalNorm(config));
        return specs;
    }

    /**
     * The {@value #BLOCK_TENSORS} tensors of a GPT-2 block: ln_1 weight, bias; c_attn weight {@code [H, 3H]}, bias;
     * attention c_proj weight {@code [H, H]}, bias; ln_2 weight, bias; c_fc weight {@code [H, 4H]}, bias; mlp c_proj
     * weight {@code [4H, H]}, bias.
     */
    private static List<TensorSpec> block(String prefix, int h) {
        List<TensorSpec> specs = new ArrayList<>(norm(prefix + "ln_1.", h));
        specs.addAll(linear(prefix + "attn.c_attn.", h, 3 * h));
        specs.addAll(linear(prefix + "attn.c_proj.", h, h));
        specs.addAll(norm(prefix + "ln_2.", h));
        specs.addAll(linear(prefix + "mlp.c_fc.", h, 4 * h));
        specs.addAll(linear(prefix + "mlp.c_proj.", 4 * h, h));
        return specs;
    }

    private static List<TensorSpec> norm(String prefix, int size) {
        return List.of(of(prefix + "weight", size), of(prefix + "bias", size));
    }

    private static List<TensorSpec> linear(String prefix, int in, int out) {
        return List.of(of(prefix + "weight", in, out), of(prefix + "bias", out));
    }

    private static TensorSpec of(String name, Integer... shape) {
        return new TensorSpec(name, List.of(shape));
    }
}
