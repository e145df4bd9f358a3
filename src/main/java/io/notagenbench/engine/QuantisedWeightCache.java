package io.notagenbench.engine;

import com.sun.jna.Memory;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.WeightFile;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.CacheFolder;
import io.notagenbench.device.Jna;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The quantised matrices of a model on disk, so that they are made once for each checkpoint and scheme. Backends with
 * the same scheme share them.
 */
public final class QuantisedWeightCache {

    private static final int NAME_DIGITS = 16;

    private final WeightFile file;

    private QuantisedWeightCache(WeightFile file) {
        this.file = file;
    }

    /**
     * The file of a model in a scheme, made now if it is not there or not whole.
     *
     * @param schemes empty where nothing is quantised
     * @return empty where nothing is quantised, and where no file can be written: a sentence says so
     */
    public static Optional<QuantisedWeightCache> of(Weights weights, Optional<LevelSchemes> schemes) {
        return schemes.flatMap(rounded -> folder().flatMap(folder -> of(weights, rounded, folder)));
    }

    private static Optional<Path> folder() {
        try {
            return Optional.of(CacheFolder.path().resolve("weights"));
        } catch (Fault e) {
            System.err.println("Every process converts the weights again. " + e.getMessage());
            return Optional.empty();
        }
    }

    /** @param folder where the file is */
    static Optional<QuantisedWeightCache> of(Weights weights, LevelSchemes schemes, Path folder) {
        Map<String, QuantisedMatrix> matrices = matrices(weights.config(), schemes);
        Map<String, Long> sizes = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> sizes.put(name, matrix.bytes()));
        Path path = folder.resolve(weights.hash().substring(0, NAME_DIGITS) + "-" + schemes.label() + ".weights");
        WeightFile file = new WeightFile(path, weights.hash() + " " + schemes + " 1", sizes);
        Optional<String> fault = file.fault();
        if (fault.isEmpty()) {
            return Optional.of(new QuantisedWeightCache(file));
        }
        System.err.println("Converting the weights of " + weights.name() + " to " + schemes.label() + " for " + path + ": "
                + fault.get());
        return written(file, matrices, weights);
    }

    private static Map<String, QuantisedMatrix> matrices(ModelConfig config, LevelSchemes schemes) {
        Map<String, QuantisedMatrix> matrices = new LinkedHashMap<>();
        TensorSpec.all(config).stream().filter(TensorSpec::isLinear)
                .forEach(spec -> matrices.put(spec.name(), new QuantisedMatrix(spec, schemes.of(spec))));
        return matrices;
    }

    private static Optional<QuantisedWeightCache> written(WeightFile file, Map<String, QuantisedMatrix> matrices, Weights weights) {
        Jna.require();
        long largest = matrices.values().stream().mapToLong(QuantisedMatrix::bytes).max().orElseThrow();
        try (Memory memory = new Memory(largest)) {
            ByteBuffer bytes = memory.getByteBuffer(0, largest).order(ByteOrder.nativeOrder());
            file.write(bytes, (name, part) -> matrices.get(name).write(weights, part));
            return Optional.of(new QuantisedWeightCache(file));
        } catch (IOException e) {
            System.err.println(file.path() + " cannot be written, so every process converts the weights again: " + e
                    + "; make room there, or set XDG_CACHE_HOME to a folder that has it.");
            return Optional.empty();
        }
    }

    /** Returns the file. */
    public Path path() {
        return file.path();
    }

    /** Returns the offset of a matrix in the file. */
    public long offset(QuantisedMatrix matrix) {
        return file.offset(matrix.source().name());
    }

    /**
     * Reads a matrix.
     *
     * @param memory receives its {@link QuantisedMatrix#bytes}, from index 0 on
     * @throws io.notagenbench.fault.Fault (failed) if the file can no longer be read
     */
    public void read(QuantisedMatrix matrix, ByteBuffer memory) {
        file.read(matrix.source().name(), memory);
    }
}
