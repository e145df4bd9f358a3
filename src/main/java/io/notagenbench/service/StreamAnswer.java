package io.notagenbench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Server-sent events: one for each patch, as soon as it is there. */
final class StreamAnswer extends Answer {

    private static final String DONE = "data: [DONE]\n\n";
    private static final int MOST_EVENTS = 64;

    private final Playable playable;
    private volatile int position;
    private boolean begun;
    private boolean ended;

    StreamAnswer(Exchange exchange, Order order, Surroundings surroundings) {
        super(exchange, order, surroundings);
        playable = new Playable(order);
    }

    @Override
    int position() {
        return position;
    }

    @Override
    protected Action process() {
        if (ended) {
            return Action.SUCCEEDED;
        }
        Flight.News news = flight().news(position, MOST_EVENTS);
        if (news.patches().isEmpty() && !news.over()) {
            return Action.IDLE;
        }
        ended = news.over();
        if (!begun && news.patches().isEmpty() && news.failure().isPresent()) {
            refuse(news.failure().get());
            return Action.SCHEDULED;
        }
        StringBuilder events = new StringBuilder();
        if (!begun) {
            begun = true;
            head(200, "text/event-stream; charset=utf-8");
            if (order().echo()) {
                events.append(event(order().prompt(), null, ""));
            }
        }
        for (String patch : news.patches()) {
            events.append(event(patch, null, playable.add(patch)));
        }
        position += news.patches().size();
        news.written().ifPresent(written -> end(events, written));
        news.failure().ifPresent(refusal -> events.append(Bodies.event(Bodies.error(refusal))).append(DONE));
        write(ended, events.toString().getBytes(StandardCharsets.UTF_8));
        return Action.SCHEDULED;
    }

    private String event(String text, String finish, String abc) {
        ObjectNode completion = completion();
        ObjectNode choice = Bodies.choice(completion, text, finish);
        if (!abc.isEmpty()) {
            choice.put("abc", abc);
        }
        return Bodies.event(completion);
    }

    private void end(StringBuilder events, Written written) {
        events.append(event("", written.ended() ? "stop" : "length", playable.end(written.ended())));
        if (order().usage()) {
            ObjectNode last = completion();
            last.putArray("choices");
            usage(last);
            events.append(Bodies.event(last));
        }
        events.append(DONE);
    }
}
