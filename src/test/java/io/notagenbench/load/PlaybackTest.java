package io.notagenbench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlaybackTest {

    /** A bar has four quarters at 60 a minute: 4 s. */
    private static final String HEADER = "L:1/4\nQ:1/4=60\nM:4/4\nK:C\n";
    private static final String BAR = "[V:1]CCCC|\n";

    private static Optional<Boolean> play(double buffer, double... seconds) {
        List<Answered.Patch> patches = new ArrayList<>();
        for (double at : seconds) {
            // a bar comes in two patches, and only the second one finishes it
            patches.add(new Answered.Patch(at * 1_000 - 1, BAR.substring(0, 6)));
            patches.add(new Answered.Patch(at * 1_000, BAR.substring(6)));
        }
        return new Playback(HEADER, buffer).neverStalls(new Answered(null, 200, "", patches, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void barsThatComeInTimeNeverStall() {
        assertThat(play(0, 10, 13.9, 17.9)).contains(true);
        assertThat(play(0, 10, 10.1, 10.2, 21.9)).contains(true);
    }

    @Test
    void aBarThatComesAfterTheOnesBeforeItHaveSoundedStalls() {
        assertThat(play(0, 10, 14.1)).contains(false);
        assertThat(play(0, 10, 11, 18.1, 18.2)).contains(false);
    }

    @Test
    void theBufferGivesTheServerTime() {
        assertThat(play(2, 10, 15.9)).contains(true);
        assertThat(play(2, 10, 16.1)).contains(false);
    }

    @Test
    void aStreamWithoutAWholeBarIsNoMusic() {
        assertThat(play(0)).isEmpty();
    }
}
