package io.notagenbench.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What one load showed. All but {@code ramp} and {@code tail} is of the measured requests; distributions of times are of those
 * that got a whole text.
 *
 * @param rate       requests a second that were meant to be sent; null where clients wait for their last answer
 * @param clients    how many of these; null where a rate was meant
 * @param reason     why the state is not OK
 * @param requests   measured requests
 * @param ramp       requests before them
 * @param tail       requests after them
 * @param whole      with a whole text
 * @param rejected   answered 429
 * @param errors     all others without a whole text
 * @param error      of the first of them
 * @param wrong      texts that are not those of the engine alone; null until they have been compared
 * @param seconds    from the first measured request to the last
 * @param throughput whole texts a second in this time
 * @param patches    a second in this time
 * @param goodput    share of the measured requests, failed ones included, that met the service level
 * @param streams    streams with a whole bar of music
 * @param playable   share of these that can be played from their beginning without a stop; null where there is none
 * @param origins    the same times by where the server says that texts came from
 * @param inFlight   requests on their way when another one is meant to be sent, in the mean
 * @param mostInFlight the most of them
 * @param ttftDrift  how much the time to the first patch changes from the first measured request to the last, as a share of
 *                   its mean
 * @param inFlightDrift the same of requests on their way
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Row(Double rate, Integer clients, @JsonProperty(required = true) RowState state, String reason,
        @JsonProperty(required = true) int requests, int ramp, int tail, int whole, int rejected, int errors, String error,
        Integer wrong, double seconds, double throughput, double patches, double goodput, int streams, Double playable,
        Latencies times, Map<String, Latencies> origins, Quantiles lag, Quantiles rampTtft, double inFlight, int mostInFlight,
        double ttftDrift, double inFlightDrift) {

    /**
     * Distributions of times, in milliseconds.
     *
     * @param ttft       from when the request was meant to be sent to the first patch
     * @param queue      of it, waiting for a slot, by the server's clock
     * @param prefill    of it, from there to the first character, by the server's clock
     * @param firstPatch of it, from there to the first patch, by the server's clock
     * @param gap        between the patches of a stream
     * @param total      from when the request was meant to be sent to the end of the text
     */
    public record Latencies(Quantiles ttft, Quantiles queue, Quantiles prefill, Quantiles firstPatch, Quantiles gap,
            Quantiles total) {
    }

    /** Such as {@code 2.5/s} or {@code 8 clients}. */
    public String load() {
        return rate != null ? Numbers.brief(rate) + "/s" : clients + (clients == 1 ? " client" : " clients");
    }

    /** Whether it may be compared with other rows. */
    public boolean isRanked() {
        return state == RowState.OK || state == RowState.SATURATED;
    }

    /** With the verdict on its texts. */
    Row compared(int wrongTexts, String example) {
        boolean bad = wrongTexts > 0;
        return new Row(rate, clients, bad ? RowState.WRONG_OUTPUT : state, bad ? example : reason, requests, ramp, tail, whole,
                rejected, errors, error, wrongTexts, seconds, throughput, patches, goodput, streams, playable, times, origins, lag,
                rampTtft, inFlight, mostInFlight, ttftDrift, inFlightDrift);
    }
}
