package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.quantisation.GroupScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantisedWeightCacheTest {

    private static final GroupScheme INT4 = GroupScheme.INT4;

    @TempDir
    private Path folder;

    private Optional<QuantisedWeightCache> cache(GroupScheme scheme) {
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            return QuantisedWeightCache.of(tiny, scheme, folder);
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
        cache(new GroupScheme(4, 32, true, 2));
        assertThat(Files.readAllBytes(folder.resolve(file().getFileName()))).isEqualTo(first);
    }

    @Test
    void aFolderThatTakesNoFileLeavesTheWeightsToMemory() throws IOException {
        Files.writeString(folder.resolve("weights"), "a file where the folder would be");
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            assertThat(QuantisedWeightCache.of(tiny, INT4, folder.resolve("weights"))).isEmpty();
        }
    }
}
