package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tensors of a checkpoint, checked to be those of a NotaGen model; its sizes follow from their shapes. One of the
 * two tied matrices is enough, and the unused one may be missing. Other weights within the two decoders would make it
 * another model, so they are refused; masks and whole numbers are ignored.
 */
final class StateDict {

    private static final String PATCH_TOKENS = "patch_level_decoder.base.wte.weight";
    /** A short prompt and a line of music need this many. */
    private static final int FEWEST_ROWS = 32;
    private static final int MOST_ROWS = 1 << 20;
    private static final List<String> BUFFERS = List.of(".attn.bias", ".attn.masked_bias");
    private static final String ADAPTER = "lora_";
    /** A view whose elements are spread over more of its storage is not worth the memory to read it. */
    private static final int WIDEST_SPREAD = 4;
    private static final String OTHER_WAY = "; save the weights in one file with torch.save(model.state_dict(), path)";
    /** How transformers and safetensors name the parts of a model. */
    private static final Pattern PART = Pattern.compile(".*-\\d{5}-of-\\d{5}[.]\\w+");

    private final String file;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, String> others;
    private final ModelConfig config;
    private final boolean isWhole;

    private StateDict(String file, Map<String, StoredTensor> found, Map<String, String> others) {
        this.file = file;
        this.others = others;
        tensors = new LinkedHashMap<>(found);
        isWhole = List.of(TensorSpec.CHAR_EMBEDDING, TensorSpec.LM_HEAD, PATCH_TOKENS).stream().allMatch(found::containsKey);
        refuseAdapters();
        share(TensorSpec.LM_HEAD, TensorSpec.CHAR_EMBEDDING);
        share(TensorSpec.CHAR_EMBEDDING, TensorSpec.LM_HEAD);
        config = new ModelConfig(layers("patch_level_decoder.base.h."), layers("char_level_decoder.base.transformer.h."),
                size(TensorSpec.PATCH_EMBEDDING, 0), size(TensorSpec.PATCH_POSITIONS, 0));
    }

    /**
     * @param file   name of the file, for messages
     * @param found  tensors by NotaGen's names
     * @param others descriptions of values in the place of tensors
     * @throws Fault if a tensor is missing or too many, or its shape does not fit the others
     */
    static StateDict of(String file, Map<String, StoredTensor> found, Map<String, String> others) {
        StateDict stateDict = new StateDict(file, found, others);
        stateDict.requireSizes();
        stateDict.requireTensors();
        return stateDict;
    }

    private Fault notNotaGen(String cause) {
        return Fault.usage(file + " is not a NotaGen checkpoint: " + cause);
    }

    private void refuseAdapters() {
        tensors.keySet().stream().filter(key -> key.contains(ADAPTER)).findFirst().ifPresent(key -> {
            throw notNotaGen("it holds LoRA adapters beside the weights, such as '" + Printable.of(key)
                    + "'; merge them first, with model.merge_and_unload()");
        });
    }

    /** safetensors saves only one of two tensors that share their memory. */
    private void share(String missing, String present) {
        if (tensors.containsKey(present)) {
            tensors.putIfAbsent(missing, tensors.get(present));
        }
    }

    private int layers(String prefix) {
        int layers = 0;
        while (tensors.containsKey(prefix + layers + ".ln_1.weight")) {
            layers++;
        }
        if (layers == 0) {
            throw missing(prefix + "0.ln_1.weight");
        }
        return layers;
    }

    private Fault missing(String tensor) {
        if (others.containsKey(tensor)) {
            return notNotaGen(tensor + " is not a plain tensor but " + others.get(tensor) + OTHER_WAY);
        }
        return notNotaGen("tensor " + tensor + " is missing"
                + (PART.matcher(file).matches() ? "; the file is one of several parts" + OTHER_WAY : ""));
    }

    private int size(String tensor, int dimension) {
        StoredTensor stored = tensors.get(tensor);
        if (stored == null) {
            throw missing(tensor);
        }
        if (stored.shape().size() != 2 || stored.shape().get(dimension) > MOST_ROWS) {
            throw notNotaGen("tensor " + tensor + " has shape " + Printable.of(stored.shape().toString()));
        }
        return stored.shape().get(dimension).intValue();
    }

    private void requireSizes() {
        if (config.hidden() == 0 || config.hidden() % ModelConfig.HEAD_SIZE != 0) {
            throw notNotaGen("its hidden size " + config.hidden() + " is not a multiple of " + ModelConfig.HEAD_SIZE);
        }
        if (config.rows() < FEWEST_ROWS) {
            throw notNotaGen("it has " + config.rows() + " position rows, fewer than " + FEWEST_ROWS);
        }
    }

    private void requireTensors() {
        Set<String> expected = new HashSet<>();
        for (TensorSpec spec : TensorSpec.all(config)) {
            require(spec);
            expected.add(spec.name());
        }
        require(head(config));
        expected.add(TensorSpec.LM_HEAD);
        if (tensors.containsKey(PATCH_TOKENS)) {
            requireShape(new TensorSpec(PATCH_TOKENS, List.of(1, config.hidden())));
        }
        expected.add(PATCH_TOKENS);
        tensors.forEach((key, tensor) -> {
            if (!expected.contains(key) && !tensor.storage().type().isWhole() && BUFFERS.stream().noneMatch(key::endsWith)) {
                throw notNotaGen("it has a tensor '" + Printable.of(key) + "' that NotaGen does not have");
            }
        });
    }

    private void require(TensorSpec spec) {
        requireShape(spec);
        StoredTensor tensor = tensors.get(spec.name());
        if (!tensor.storage().type().isWeight()) {
            throw Fault.usage(file + " cannot be read: tensor " + spec.name() + " is in " + tensor.storage().type().words()
                    + ", not in fp32, fp16, bf16 or fp64; save the model again in one of these");
        }
        if (tensor.span() / WIDEST_SPREAD > spec.elements()) {
            throw Fault.usage(file + " cannot be read: the elements of tensor " + spec.name()
                    + " are spread far apart in the file; save the model again after tensor.contiguous()");
        }
    }

    private void requireShape(TensorSpec spec) {
        StoredTensor tensor = tensors.get(spec.name());
        if (tensor == null) {
            throw missing(spec.name());
        }
        if (!tensor.shape().equals(spec.shape().stream().map(Integer::longValue).toList())) {
            throw notNotaGen("tensor " + spec.name() + " has shape " + Printable.of(tensor.shape().toString()) + ", not "
                    + spec.shape());
        }
    }

    static TensorSpec embedding(ModelConfig config) {
        return new TensorSpec(TensorSpec.CHAR_EMBEDDING, List.of(ModelConfig.VOCABULARY, config.hidden()));
    }

    /** The output matrix, tied to {@link #embedding}. */
    static TensorSpec head(ModelConfig config) {
        return new TensorSpec(TensorSpec.LM_HEAD, embedding(config).shape());
    }

    ModelConfig config() {
        return config;
    }

    /** Whether the file has the unused tensor and both of the tied ones, which the original needs. */
    boolean isWhole() {
        return isWhole;
    }

    StoredTensor get(TensorSpec spec) {
        return tensors.get(spec.name());
    }
}
