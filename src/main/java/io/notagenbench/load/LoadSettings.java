package io.notagenbench.load;

import io.notagenbench.params.Parameters;
import java.util.List;

/**
 * How a server is loaded.
 *
 * @param parameters of every piece, with the seed of the first one
 * @param lengths    budgets of patches, which pieces have with equal probability
 * @param loads      one for each row
 * @param buffer     seconds from the first whole bar to the start of the music
 * @param floor      requests that measure what HTTP and the client take alone; 0 = none
 */
public record LoadSettings(Parameters parameters, List<Integer> lengths, List<Load> loads, Arrivals arrivals,
        Popularity popularity, Phases phases, Slo slo, double buffer, int floor) {
}
