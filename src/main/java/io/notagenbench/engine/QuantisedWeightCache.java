package io.notagenbench.engine;

import com.sun.jna.Memory;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.WeightFile;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.CacheFolder;
import io.notagenbench.device.Jna;
import io.notagenbench.fault.Fault;
import io.notagenbench.quantisation.GroupScheme;
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
 *
 * <p>Weights of four bits of a trained model are rounded so that they make up for each other's errors on real music; that takes
 * minutes for a large one. All others are rounded to the nearest number: in eight bits little is lost, and what synthetic weights
 * lose says nothing.
 */
public final class QuantisedWeightCache {

    private static final int NAME_DIGITS = 16;
    private static final int COMPENSATED_BITS = 4;

    /** Changes whenever the same weights would be rounded to other numbers. */
    private static final String RULE = " 1";
    private static final String COMPENSATED_RULE = " gptq 1 music " + CalibrationMusic.VERSION;

    private final WeightFile file;

    private QuantisedWeightCache(WeightFile file) {
        this.file = file;
    }

    /**
     * The file of a model in a scheme, made now if it is not there or not whole.
     *
     * @param schemes empty where nothing is quantised
     * @return empty where nothing is quantised, and where no file can be written: a sentence says so
     * @throws Fault (failed) if no file can be written, and making the weights anew in each process would take too long
     */
    public static Optional<QuantisedWeightCache> of(Weights weights, Optional<LevelSchemes> schemes) {
        return schemes.flatMap(rounded -> folder(isCompensated(weights, rounded)).flatMap(folder -> of(weights, rounded, folder)));
    }

    private static Optional<Path> folder(boolean required) {
        try {
            return Optional.of(CacheFolder.path().resolve("weights"));
        } catch (Fault e) {
            if (required) {
                throw e;
            }
            System.err.println("Every process converts the weights again. " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isCompensated(Weights weights, LevelSchemes schemes) {
        return isCompensated(weights, schemes.patchLevel()) || isCompensated(weights, schemes.charLevel());
    }

    private static boolean isCompensated(Weights weights, GroupScheme scheme) {
        return scheme.bits() == COMPENSATED_BITS && !weights.isSynthetic();
    }

    /** @param folder where the file is */
    static Optional<QuantisedWeightCache> of(Weights weights, LevelSchemes schemes, Path folder) {
        boolean compensated = isCompensated(weights, schemes);
        Map<String, QuantisedMatrix> matrices = matrices(weights.config(), schemes);
        Map<String, Long> sizes = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> sizes.put(name, matrix.bytes()));
        String label = schemes.label() + (compensated ? "-gptq" : "");
        Path path = folder.resolve(weights.hash().substring(0, NAME_DIGITS) + "-" + label + ".weights");
        WeightFile file = new WeightFile(path, weights.hash() + " " + schemes + (compensated ? COMPENSATED_RULE : RULE), sizes);
        Optional<String> fault = file.fault();
        if (fault.isEmpty()) {
            return Optional.of(new QuantisedWeightCache(file));
        }
        System.err.println("Converting the weights of " + weights.name() + " to " + label + " for " + path + ": " + fault.get());
        return written(file, matrices, weights, compensated);
    }

    private static Map<String, QuantisedMatrix> matrices(ModelConfig config, LevelSchemes schemes) {
        Map<String, QuantisedMatrix> matrices = new LinkedHashMap<>();
        TensorSpec.all(config).stream().filter(TensorSpec::isLinear)
                .forEach(spec -> matrices.put(spec.name(), new QuantisedMatrix(spec, schemes.of(spec))));
        return matrices;
    }

    private static Optional<QuantisedWeightCache> written(WeightFile file, Map<String, QuantisedMatrix> matrices, Weights weights,
            boolean compensated) {
        Jna.require();
        long largest = matrices.values().stream().mapToLong(QuantisedMatrix::bytes).max().orElseThrow();
        try (Memory memory = new Memory(largest)) {
            ByteBuffer bytes = memory.getByteBuffer(0, largest).order(ByteOrder.nativeOrder());
            if (compensated) {
                Compensation compensation = new Compensation(weights,
                        matrices.values().stream().filter(matrix -> isCompensated(weights, matrix.scheme())).toList());
                file.write(bytes, (name, part) -> matrices.get(name).write(weights, compensation.of(matrices.get(name)), part));
            } else {
                file.write(bytes, (name, part) -> matrices.get(name).write(weights, part));
            }
            return Optional.of(new QuantisedWeightCache(file));
        } catch (IOException e) {
            String sentence = file.path() + " cannot be written, %s: " + e + "; make room there, or set XDG_CACHE_HOME to a folder that has it.";
            if (compensated) {
                throw Fault.failed(String.format(sentence, "and weights of " + COMPENSATED_BITS + " bits are made only once"), e);
            }
            System.err.println(String.format(sentence, "so every process converts the weights again"));
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
