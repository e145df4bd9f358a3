package io.notagenbench.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.checkpoint.ModelConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * The beginnings of real scores, by which weights are rounded. {@code verify} measures losses on other music.
 *
 * @param source  composer and work
 * @param patches each up to and with its EOS
 */
record CalibrationMusic(String source, List<String> patches) {

    /** Changes whenever the music does. */
    static final int VERSION = 1;

    static List<CalibrationMusic> all() {
        try (InputStream in = CalibrationMusic.class.getResourceAsStream("calibration.json")) {
            return Arrays.asList(new ObjectMapper().readValue(in, CalibrationMusic[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
    }

    /** The ids of its first patches, padded: {@code [patches][16]}. */
    int[][] ids(int most) {
        return patches.stream().limit(most)
                .map(patch -> Arrays.copyOf(patch.chars().toArray(), ModelConfig.PATCH_SIZE)).toArray(int[][]::new);
    }

    /** The number of characters of a patch. */
    int characters(int patch) {
        return patches.get(patch).length();
    }
}
