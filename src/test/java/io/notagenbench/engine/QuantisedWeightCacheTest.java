package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantisedWeightCacheTest {

    private static final LevelSchemes INT4 = LevelSchemes.both(GroupScheme.INT4);

    @TempDir
    private Path folder;

    private Optional<QuantisedWeightCache> cache(LevelSchemes schemes) {
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            return QuantisedWeightCache.of(tiny, schemes, folder);
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
        QuantisedWeightCache cache = cache(schemes).orElseThrow();
        assertThat(cache.path().getFileName().toString()).endsWith("-int4-32-zero-search+int8-column.weights");
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            for (TensorSpec spec : List.of(TensorSpec.patchBlock(tiny.config(), 0).get(2), TensorSpec.charBlock(tiny.config(), 0).get(2))) {
                QuantisedMatrix matrix = new QuantisedMatrix(spec, schemes.of(spec));
                ByteBuffer made = ByteBuffer.allocate((int) matrix.bytes()).order(ByteOrder.nativeOrder());
                ByteBuffer kept = ByteBuffer.allocate((int) matrix.bytes()).order(ByteOrder.nativeOrder());
                matrix.write(tiny, made);
                cache.read(matrix, kept);
                assertThat(kept.array()).isEqualTo(made.array());
                assertThat(matrix.weightBytes()).isEqualTo(spec.isOfCharLevel() ? spec.elements() : spec.elements() / 2);
            }
        }
    }

    @Test
    void aFolderThatTakesNoFileLeavesTheWeightsToMemory() throws IOException {
        Files.writeString(folder.resolve("weights"), "a file where the folder would be");
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            assertThat(QuantisedWeightCache.of(tiny, INT4, folder.resolve("weights"))).isEmpty();
        }
    }
}
