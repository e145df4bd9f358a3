package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tensors of a checkpoint, proven to be those of a NotaGen model whose sizes follow from their shapes. */
final class StateDict {

    private static final String PATCH_TOKENS = "patch_level_decoder.base.wte.weight";
    /** Fewer rows than a short prompt and a line of music need are no NotaGen. */
    private static final int FEWEST_ROWS = 32;
    private static final List<String> BUFFERS = List.of(".attn.bias", ".attn.masked_bias");

    private final Map<String, StoredTensor> tensors;
    private final ModelConfig config;

    private StateDict(Map<String, StoredTensor> tensors, ModelConfig config) {
        this.tensors = tensors;
        this.config = config;
    }

    /**
     * @param name    of the file, for sentences
     * @param tensors the content of the key {@code model}
     * @throws Fault if a tensor is missing, too many or has another shape than the others ask for
     */
    static StateDict of(String name, Map<String, StoredTensor> tensors) {
        ModelConfig config = new ModelConfig(layers(name, tensors, "patch_level_decoder.base.h."),
                layers(name, tensors, "char_level_decoder.base.transformer.h."),
                size(name, tensors, TensorSpec.PATCH_EMBEDDING, 0), size(name, tensors, TensorSpec.PATCH_POSITIONS, 0));
        if (config.hidden() == 0 || config.hidden() % ModelConfig.HEAD_SIZE != 0) {
            throw Fault.usage(name + " is no NotaGen checkpoint: its hidden size " + config.hidden()
                    + " is no multiple of " + ModelConfig.HEAD_SIZE);
        }
        if (config.rows() < FEWEST_ROWS) {
            throw Fault.usage(name + " is no NotaGen checkpoint: it has " + config.rows()
                    + " position rows, fewer than " + FEWEST_ROWS);
        }
        Set<String> expected = new HashSet<>();
        for (TensorSpec spec : TensorSpec.all(config)) {
            require(name, tensors, spec);
            expected.add(spec.name());
        }
        for (TensorSpec spec : List.of(head(config),
                new TensorSpec(PATCH_TOKENS, List.of(1, config.hidden())))) {
            require(name, tensors, spec);
            expected.add(spec.name());
        }
        tensors.keySet().stream()
                .filter(key -> !expected.contains(key) && BUFFERS.stream().noneMatch(key::endsWith)).findFirst()
                .ifPresent(extra -> {
                    throw Fault.usage(name + " is no NotaGen checkpoint: it has a tensor '" + Printable.of(extra)
                            + "' that NotaGen has not");
                });
        return new StateDict(tensors, config);
    }

    private static int layers(String name, Map<String, StoredTensor> tensors, String prefix) {
        int layers = 0;
        while (tensors.containsKey(prefix + layers + ".ln_1.weight")) {
            layers++;
        }
        if (layers == 0) {
            throw Fault.usage(name + " is no NotaGen checkpoint: tensor " + prefix + "0.ln_1.weight is missing");
        }
        return layers;
    }

    private static int size(String name, Map<String, StoredTensor> tensors, String tensor, int dimension) {
        StoredTensor stored = tensors.get(tensor);
        if (stored == null) {
            throw Fault.usage(name + " is no NotaGen checkpoint: tensor " + tensor + " is missing");
        }
        if (stored.shape().size() != 2 || stored.shape().get(dimension) > 1 << 20) {
            throw Fault.usage(name + " is no NotaGen checkpoint: tensor " + tensor + " has shape " + stored.shape());
        }
        return stored.shape().get(dimension).intValue();
    }

    private static void require(String name, Map<String, StoredTensor> tensors, TensorSpec spec) {
        StoredTensor tensor = tensors.get(spec.name());
        if (tensor == null) {
            throw Fault.usage(name + " is no NotaGen checkpoint: tensor " + spec.name() + " is missing");
        }
        if (!tensor.shape().equals(spec.shape().stream().map(Integer::longValue).toList())) {
            throw Fault.usage(name + " is no NotaGen checkpoint: tensor " + spec.name() + " has shape "
                    + tensor.shape() + ", not " + spec.shape());
        }
        if (tensor.storage().type() == StorageType.OTHER) {
            throw Fault.usage(name + " cannot be read: tensor " + spec.name()
                    + " is neither fp32 nor fp16 nor bf16; save the model again in one of these");
        }
        if (!tensor.isContiguous()) {
            throw Fault.usage(name + " cannot be read: tensor " + spec.name()
                    + " is not contiguous; save the model again after tensor.contiguous()");
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

    StoredTensor get(TensorSpec spec) {
        return tensors.get(spec.name());
    }
}
