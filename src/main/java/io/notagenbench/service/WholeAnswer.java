package io.notagenbench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The text when it is whole, in one piece of JSON. */
final class WholeAnswer extends Answer {

    private boolean ended;

    WholeAnswer(Exchange exchange, Order order, Surroundings surroundings) {
        super(exchange, order, surroundings);
    }

    @Override
    int position() {
        return Integer.MAX_VALUE;
    }

    @Override
    protected Action process() {
        if (ended) {
            return Action.SUCCEEDED;
        }
        if (!flight().isOver()) {
            return Action.IDLE;
        }
        ended = true;
        Flight.News news = flight().news(0, Integer.MAX_VALUE);
        news.failure().ifPresent(this::refuse);
        news.written().ifPresent(this::tell);
        return Action.SCHEDULED;
    }

    private void tell(Written written) {
        String text = String.join("", written.patches());
        ObjectNode completion = completion();
        ObjectNode choice = Bodies.choice(completion, order().echo() ? order().prompt() + text : text,
                written.ended() ? "stop" : "length");
        if (order().abc()) {
            Playable playable = new Playable(order());
            choice.put("abc", playable.add(text) + playable.end(written.ended()));
        }
        usage(completion);
        head(200, "application/json");
        write(true, Bodies.bytes(completion));
    }
}
