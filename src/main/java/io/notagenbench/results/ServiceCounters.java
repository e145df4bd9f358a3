package io.notagenbench.results;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What ServiceLoadBenchmark counts of one schedule of requests. A time is 0 where there are too few requests for it. Times count from the
 * moment that a request is meant to be sent at.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class ServiceCounters {

    /** Measured requests. */
    public double requests;
    /** Those with a whole text. */
    public double whole;
    /** Those that found the queue full. */
    public double rejected;
    /** All others without a whole text. */
    public double errors;
    /** Texts that the service had in its cache. */
    public double hits;
    /** Requests a second that were meant to be sent; 0 in a closed loop. */
    public double offeredRate;
    /** Texts a second. */
    public double textRate;
    /** Patches a second. */
    public double patchRate;
    /** Requests that met the service level. */
    public double good;
    /** Streams with a whole bar of music. */
    public double streams;
    /** Those of them that can be played without a stop. */
    public double playable;
    /** To the first patch, the median. */
    public double firstPatchMedianSeconds;
    /** To the first patch, the 90th percentile. */
    public double firstPatchNinetySeconds;
    /** To the first patch, the longest. */
    public double firstPatchWorstSeconds;
    /** Of it, waiting for a slot, the median. */
    public double queueMedianSeconds;
    /** Between patches, the median. */
    public double gapMedianSeconds;
    /** To the end of a text, the median. */
    public double totalMedianSeconds;
    /** To the end of a text, the longest. */
    public double totalWorstSeconds;
    /** To the end of a text from the cache, the median. */
    public double hitMedianSeconds;
    /** To the end of a text from the cache, the longest. */
    public double hitWorstSeconds;
    /** To the end of any other text, the median. */
    public double missMedianSeconds;
    /** How much later than meant a request was sent, the longest. */
    public double lagWorstSeconds;
    /** 1 where the service fell further and further behind. */
    public double saturated;
    /** 1 where requests were sent too late for the times to be those of the service. */
    public double late;
}
