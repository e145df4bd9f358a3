package io.notagenbench.load;

import io.notagenbench.abc.Music;
import java.util.Optional;

/** A listener who plays a stream while it is being written. */
final class Playback {

    private static final double MILLIS = 1e3;

    private final String prompt;
    private final double buffer;

    /**
     * @param prompt the first lines of every piece, which have its fields
     * @param buffer seconds from the first whole bar to the start of the music
     */
    Playback(String prompt, double buffer) {
        this.prompt = prompt;
        this.buffer = buffer;
    }

    /**
     * Whether every bar is there when the bars before it have sounded, without repeats; empty for a stream that has no whole
     * bar.
     */
    Optional<Boolean> neverStalls(Answered answered) {
        StringBuilder text = new StringBuilder(prompt);
        double delivered = 0;
        double start = 0;
        boolean late = false;
        for (Answered.Patch patch : answered.patches()) {
            text.append(patch.text());
            if (patch.text().indexOf('\n') < 0) {
                continue;
            }
            double seconds = Music.of(text.substring(0, text.lastIndexOf("\n") + 1), prompt.length()).seconds();
            double now = patch.at() / MILLIS;
            if (seconds > delivered) {
                if (delivered == 0) {
                    start = now + buffer;
                } else {
                    late |= now - start > delivered;
                }
                delivered = seconds;
            }
        }
        return delivered == 0 ? Optional.empty() : Optional.of(!late);
    }
}
