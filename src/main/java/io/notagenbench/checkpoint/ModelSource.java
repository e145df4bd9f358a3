package io.notagenbench.checkpoint;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.NamedPath;
import io.notagenbench.params.Preset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Finds the weights that {@code -p model=} names. */
public final class ModelSource {

    /** The trained checkpoint in the jar. */
    public static final String TINY = Preset.TINY.label();

    /** The sizes of the trained checkpoint, read once: a report asks for them with every row. */
    private static final class TinyConfig {

        static final ModelConfig READ = configOf(TINY);
    }

    private ModelSource() {
    }

    /**
     * @param model a {@link Preset}, or the path of a checkpoint file
     * @return its weights, to be closed; sizes and shapes are checked, values are checked as they are read
     * @throws Fault if there is no such model, or the file is not a NotaGen checkpoint
     */
    public static Weights open(String model) {
        return Preset.named(model).map(ModelSource::open).orElseGet(() -> Checkpoint.open(path(model)));
    }

    /** The sizes are the published ones (notagen.md, section 1). */
    private static Weights open(Preset preset) {
        return switch (preset) {
            case TINY -> tiny();
            case SMALL -> new SyntheticWeights(preset.label(), new ModelConfig(12, 3, 768, 2048));
            case MEDIUM -> new SyntheticWeights(preset.label(), new ModelConfig(16, 3, 1024, 2048));
            case LARGE -> new SyntheticWeights(preset.label(), new ModelConfig(20, 6, 1280, 1024));
        };
    }

    /** Synthetic weights of any sizes. */
    public static Weights synthetic(ModelConfig config) {
        return new SyntheticWeights("synthetic", config);
    }

    /** The sizes of a model, without reading its weights. Throws as {@link #open} does. */
    public static ModelConfig config(String model) {
        return model.equals(TINY) ? TinyConfig.READ : configOf(model);
    }

    private static ModelConfig configOf(String model) {
        try (Weights weights = open(model)) {
            return weights.config();
        }
    }

    private static Path path(String model) {
        if (model.isBlank() || model.indexOf('\0') >= 0 || !Files.exists(NamedPath.of(model))) {
            throw unknown(model);
        }
        return Path.of(model);
    }

    private static Fault unknown(String model) {
        return Fault.usage("model '" + model + "' is neither a file nor one of " + String.join(", ", Preset.labels())
                + ": give one of these or the path of a checkpoint file (.pth, .pt, .ckpt, .bin, .safetensors)");
    }

    private static Weights tiny() {
        try (InputStream in = ModelSource.class.getResourceAsStream("tiny.pth")) {
            return Checkpoint.open(TINY, new SeekableInMemoryByteChannel(in.readAllBytes()));
        } catch (IOException e) {
            throw Fault.failed("the tiny checkpoint cannot be read from the jar: " + e.getMessage(), e);
        }
    }
}
