package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.fault.Fault;
import io.notagenbench.quantisation.GroupScheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantisedWeightCacheTest {

    private static final LevelSchemes INT4 = LevelSchemes.both(GroupScheme.INT4);

    @TempDir
    private Path folder;

    private Optional<QuantisedWeightCache> cache(LevelSchemes schemes) {
        try (Weights synthetic = synthetic()) {
            return QuantisedWeightCache.of(synthetic, schemes, folder);
        }
    }

    private Path file() {
        return cache(INT4).map(QuantisedWeightCache::path).orElseThrow();
    }

    @Test
    void theSecondStartTakesTheFileOfTheFirst() throws IOException {
        Path file = file();
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(file()).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file).toMillis()).isZero();
    }

    @Test
    void aDamagedFileIsMadeAgain() throws IOException {
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 16;
        Files.write(file, damaged);
        assertThat(Files.readAllBytes(file())).isEqualTo(whole);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(Files.readAllBytes(file())).isEqualTo(whole);
    }

    @Test
    void weightsOfAnotherSchemeAreNotTaken() throws IOException {
        byte[] first = Files.readAllBytes(file());
        cache(LevelSchemes.both(new GroupScheme(4, 32, true, 2)));
        assertThat(Files.readAllBytes(folder.resolve(file().getFileName()))).isEqualTo(first);
    }

    /** Columns take a byte for each weight, and half of it in int4: the levels lie in one file, each in its scheme. */
    @Test
    void eachLevelHasItsOwnScheme() throws IOException {
        LevelSchemes schemes = new LevelSchemes(GroupScheme.INT4, GroupScheme.COLUMNS);
        try (Weights synthetic = synthetic()) {
            QuantisedWeightCache cache = QuantisedWeightCache.of(synthetic, schemes, folder).orElseThrow();
            assertThat(cache.path().getFileName().toString()).endsWith("-int4-32-zero-search+int8-column.weights");
            for (TensorSpec spec : List.of(TensorSpec.patchBlock(synthetic.config(), 0).get(2), TensorSpec.charBlock(synthetic.config(), 0).get(2))) {
                assertThat(kept(cache, schemes, spec)).isEqualTo(nearest(synthetic, schemes, spec));
                assertThat(new QuantisedMatrix(spec, schemes.of(spec)).weightBytes())
                        .isEqualTo(spec.isOfCharLevel() ? spec.elements() : spec.elements() / 2);
            }
        }
    }

    private static Weights synthetic() {
        return ModelSource.synthetic(new ModelConfig(1, 1, 128, 32));
    }

    private static byte[] kept(QuantisedWeightCache cache, LevelSchemes schemes, TensorSpec spec) {
        QuantisedMatrix matrix = new QuantisedMatrix(spec, schemes.of(spec));
        ByteBuffer kept = ByteBuffer.allocate((int) matrix.bytes()).order(ByteOrder.nativeOrder());
        cache.read(matrix, kept);
        return kept.array();
    }

    private static byte[] nearest(Weights weights, LevelSchemes schemes, TensorSpec spec) {
        QuantisedMatrix matrix = new QuantisedMatrix(spec, schemes.of(spec));
        ByteBuffer made = ByteBuffer.allocate((int) matrix.bytes()).order(ByteOrder.nativeOrder());
        matrix.write(weights, made);
        return made.array();
    }

    /** In four bits, weights of a trained model make up for each other's errors; in eight they are the nearest numbers. */
    @Test
    void fourBitsOfATrainedModelAreNotTheNearestNumbers() {
        LevelSchemes schemes = new LevelSchemes(GroupScheme.INT4, GroupScheme.COLUMNS);
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            QuantisedWeightCache cache = QuantisedWeightCache.of(tiny, schemes, folder).orElseThrow();
            assertThat(cache.path().getFileName().toString()).endsWith("-gptq.weights");
            TensorSpec four = TensorSpec.patchBlock(tiny.config(), 3).get(10);
            TensorSpec eight = TensorSpec.charBlock(tiny.config(), 0).get(2);
            assertThat(kept(cache, schemes, four)).isNotEqualTo(nearest(tiny, schemes, four));
            assertThat(kept(cache, schemes, eight)).isEqualTo(nearest(tiny, schemes, eight));
        }
    }

    /** Two processes that make the file at the same time must write the same. */
    @Test
    void theFileHasTheSameBytesOnAnyNumberOfThreads() throws Exception {
        byte[] many = Files.readAllBytes(ofTiny(folder.resolve("many")));
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            assertThat(Files.readAllBytes(one.submit(() -> ofTiny(folder.resolve("one"))).get())).isEqualTo(many);
        } finally {
            one.shutdown();
        }
    }

    private static Path ofTiny(Path folder) {
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            return QuantisedWeightCache.of(tiny, INT4, folder).orElseThrow().path();
        }
    }

    @Test
    void aFolderThatTakesNoFileLeavesWeightsToMemoryThatAreMadeFast() throws IOException {
        Files.writeString(folder.resolve("weights"), "a file where the folder would be");
        try (Weights synthetic = synthetic(); Weights tiny = ModelSource.open(ModelSource.TINY)) {
            assertThat(QuantisedWeightCache.of(synthetic, INT4, folder.resolve("weights"))).isEmpty();
            assertThat(QuantisedWeightCache.of(tiny, LevelSchemes.both(GroupScheme.COLUMNS), folder.resolve("weights"))).isEmpty();
            assertThatThrownBy(() -> QuantisedWeightCache.of(tiny, INT4, folder.resolve("weights"))).isInstanceOf(Fault.class)
                    .hasMessageContaining("cannot be written, and weights of 4 bits are made only once").hasMessageContaining("set XDG_CACHE_HOME");
        }
    }
}
