package io.notagenbench.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One text on its way to those who want it, of whom there are several where equal requests meet. What is written so far is
 * here, once, so that none of them needs a buffer of its own. A flight that nobody follows any longer takes no new followers.
 */
final class Flight {

    private final Order order;
    private final Optional<String> key;
    private final Consumer<Flight> over;
    private final long arrived = System.nanoTime();
    private final List<Answer> followers = new CopyOnWriteArrayList<>();
    private final List<String> patches = new ArrayList<>();
    private int characters;
    private boolean abandoned;
    private boolean stored;
    private Written written;
    private Refusal failure;
    private volatile long entered;
    private volatile long firstDraw;
    private long firstPatch;
    private long ended;

    /**
     * @param key  of the text in a cache; empty where it must not be there
     * @param over hears of it when it has ended in whatever way
     */
    Flight(Order order, Optional<String> key, Consumer<Flight> over) {
        this.order = order;
        this.key = key;
        this.over = over;
    }

    /** What was written since an earlier look, and how the flight ended, if it has. */
    record News(List<String> patches, Optional<Written> written, Optional<Refusal> failure) {

        boolean over() {
            return written.isPresent() || failure.isPresent();
        }
    }

    Order order() {
        return order;
    }

    Optional<String> key() {
        return key;
    }

    long arrived() {
        return arrived;
    }

    /** Whether the answer follows it from now on. */
    synchronized boolean join(Answer answer) {
        if (abandoned || failure != null) {
            return false;
        }
        followers.add(answer);
        return true;
    }

    void leave(Answer answer) {
        synchronized (this) {
            followers.remove(answer);
            if (abandoned || isOver() || !followers.isEmpty()) {
                return;
            }
            abandoned = true;
        }
        over.accept(this);
    }

    /** Looks after the clients: whether one is left that waits for it. */
    boolean isWanted() {
        followers.forEach(Answer::look);
        synchronized (this) {
            return !abandoned;
        }
    }

    synchronized boolean isOver() {
        return written != null || failure != null;
    }

    /** Whether the text came out of a cache. */
    synchronized boolean isStored() {
        return stored;
    }

    synchronized int length() {
        return patches.size();
    }

    /** Characters so far. */
    synchronized int characters() {
        return characters;
    }

    /** @param from number of patches that are known already */
    synchronized News news(int from, int most) {
        int to = Math.min(patches.size(), from + most);
        boolean all = to == patches.size();
        return new News(List.copyOf(patches.subList(from, to)), Optional.ofNullable(all ? written : null),
                Optional.ofNullable(all ? failure : null));
    }

    synchronized Times times() {
        return new Times(arrived, entered, firstDraw, firstPatch, ended);
    }

    void enteredNow() {
        entered = System.nanoTime();
    }

    void drawn() {
        if (firstDraw == 0) {
            firstDraw = System.nanoTime();
        }
    }

    void add(String patch) {
        synchronized (this) {
            if (patches.isEmpty()) {
                firstPatch = System.nanoTime();
            }
            patches.add(patch);
            characters += patch.length();
        }
        followers.forEach(Answer::wake);
    }

    /**
     * The text is whole.
     *
     * @param counter counts it before anybody can see that it is
     */
    void end(boolean byModel, Consumer<Flight> counter) {
        synchronized (this) {
            written = new Written(patches, byModel);
            ended = System.nanoTime();
            counter.accept(this);
        }
        tellTheEnd();
    }

    /** The text was known already. */
    void end(Written known) {
        synchronized (this) {
            stored = true;
            patches.addAll(known.patches());
            characters = known.characters();
            written = known;
            ended = System.nanoTime();
        }
        tellTheEnd();
    }

    void fail(Refusal refusal) {
        synchronized (this) {
            if (isOver()) {
                return;
            }
            failure = refusal;
            ended = System.nanoTime();
        }
        tellTheEnd();
    }

    private void tellTheEnd() {
        over.accept(this);
        followers.forEach(Answer::wake);
    }

    /** The whole text, once it is there. */
    synchronized Written written() {
        return written;
    }
}
