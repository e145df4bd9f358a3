package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Finds the weights that {@code -p model=} names. */
public final class ModelSource {

    /** The trained checkpoint in the jar. */
    public static final String TINY = "tiny";

    /** The published sizes (notagen.md, section 1), with synthetic weights. */
    private static final Map<String, ModelConfig> PRESETS = new LinkedHashMap<>();

    static {
        PRESETS.put("small", new ModelConfig(12, 3, 768, 2048));
        PRESETS.put("medium", new ModelConfig(16, 3, 1024, 2048));
        PRESETS.put("large", new ModelConfig(20, 6, 1280, 1024));
    }

    private ModelSource() {
    }

    /**
     * @param model {@code tiny}, a preset, or the path of a checkpoint file
     * @return its weights, to be closed; sizes and shapes are checked, values are checked as they are read
     * @throws Fault if there is no such model, or the file is not a NotaGen checkpoint
     */
    public static Weights open(String model) {
        if (model.equals(TINY)) {
            return tiny();
        }
        if (PRESETS.containsKey(model)) {
            return new SyntheticWeights(model, PRESETS.get(model));
        }
        return Checkpoint.open(path(model));
    }

    /** Synthetic weights of any sizes. */
    public static Weights synthetic(ModelConfig config) {
        return new SyntheticWeights("synthetic", config);
    }

    /** The sizes of a model, without reading its weights. Throws as {@link #open} does. */
    public static ModelConfig config(String model) {
        try (Weights weights = open(model)) {
            return weights.config();
        }
    }

    private static Path path(String model) {
        Path path = NamedPath.of(model);
        if (!model.isBlank() && Files.exists(path)) {
            return path;
        }
        throw unknown(model);
    }

    private static Fault unknown(String model) {
        return Fault.usage("model '" + model + "' is neither a file nor one of " + TINY + ", "
                + String.join(", ", PRESETS.keySet()) + ": give one of these or the path of a checkpoint file (.pth, .pt, .ckpt, .bin, .safetensors)");
    }

    private static Weights tiny() {
        try (InputStream in = ModelSource.class.getResourceAsStream("tiny.pth")) {
            return Checkpoint.open(TINY, new SeekableInMemoryByteChannel(in.readAllBytes()));
        } catch (IOException e) {
            throw Fault.failed("the tiny checkpoint cannot be read from the jar: " + e.getMessage(), e);
        }
    }
}
