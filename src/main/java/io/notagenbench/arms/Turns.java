package io.notagenbench.arms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Rounds in which each participant takes one turn, in an order that is drawn for each round, so that disturbances
 * of the machine affect all of them alike.
 *
 * @param rounds at least 1
 * @param seed   of the orders
 */
record Turns(int rounds, long seed) {

    /** What one does when its turn comes. */
    @FunctionalInterface
    interface Turn<T> {

        /**
         * @param whose    the one whose turn it is
         * @param round    from 1
         * @param position in the order of the round, from 1
         */
        void take(T whose, int round, int position);
    }

    /**
     * Runs all turns.
     *
     * @param beginning gets the number of each round before it begins
     */
    <T> void run(List<T> all, IntConsumer beginning, Turn<T> turn) {
        Random random = new Random(seed);
        for (int round = 1; round <= rounds; round++) {
            beginning.accept(round);
            List<T> order = new ArrayList<>(all);
            Collections.shuffle(order, random);
            for (int i = 0; i < order.size(); i++) {
                turn.take(order.get(i), round, i + 1);
            }
        }
    }
}
