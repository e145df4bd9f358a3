package io.notagenbench.arms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Turns in random order: in every round each lane decodes some patches, so that whatever else the machine does meets all of
 * them alike.
 *
 * @param count   how many rounds
 * @param patches of each lane in all of them, at least {@code count}
 * @param seed    of the orders
 */
public record Turns(int count, int patches, long seed) {

    /** Who takes turns. */
    @FunctionalInterface
    public interface Runner {

        /** Decodes its next patches. */
        void turn(int patches);
    }

    /** Hears where the rounds are. */
    @FunctionalInterface
    public interface Listener {

        /** @param round the next one, from 0 on */
        void begins(int round);
    }

    /** Lets all take their turns. */
    public void run(List<? extends Runner> runners, Listener listener) {
        Random random = new Random(seed);
        for (int round = 0; round < count; round++) {
            listener.begins(round);
            List<Runner> order = new ArrayList<>(runners);
            Collections.shuffle(order, random);
            int turn = patches * (round + 1) / count - patches * round / count;
            order.forEach(runner -> runner.turn(turn));
        }
    }
}
