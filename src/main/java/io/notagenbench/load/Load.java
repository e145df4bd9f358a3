package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much load a row has. */
public sealed interface Load {

    /** @param perSecond requests, whatever becomes of them */
    record Rate(double perSecond) implements Load {
    }

    /** @param share of what the server can do */
    record OfCapacity(double share) implements Load {
    }

    /** @param number of clients that each send a request when the last one has ended */
    record Clients(int number) implements Load {
    }

    Pattern RATE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(%?)");
    int MOST_CLIENTS = 4_096;

    /**
     * Rates as {@code --rates} takes them: numbers a second, or percentages of the capacity.
     *
     * @throws Fault (usage) if they are not
     */
    static List<Load> rates(List<String> texts) {
        List<Load> rates = new ArrayList<>();
        for (String text : texts) {
            Matcher rate = RATE.matcher(text.strip());
            double number = rate.matches() ? Double.parseDouble(rate.group(1)) : 0;
            if (number <= 0) {
                throw Fault.usage("--rates " + text + " is not possible: give requests a second above 0, as in --rates 0.5,1,2,"
                        + " or shares of the capacity, as in --rates 50%,90%.");
            }
            rates.add(rate.group(2).isEmpty() ? new Rate(number) : new OfCapacity(number / 100));
        }
        return rates;
    }

    /** @throws Fault (usage) if a number is not possible */
    static List<Load> clients(List<Integer> numbers) {
        List<Load> loads = new ArrayList<>();
        for (int number : numbers) {
            if (number < 1 || number > MOST_CLIENTS) {
                throw Fault.usage("--clients " + number + " is not possible: give 1 to " + MOST_CLIENTS + ".");
            }
            loads.add(new Clients(number));
        }
        return loads;
    }
}
