package dev.percept.zoo.reviews;

import dev.percept.core.Span;

/**
 * A phrase that speaks of a topic.
 *
 * @param topic which
 * @param span where the phrase stands in the text
 */
public record Mention(Topic topic, Span span) {}
