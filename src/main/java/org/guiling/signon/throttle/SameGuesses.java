package org.guiling.signon.throttle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.SignedOnPerson;

/**
 * Answers the same guess once while it is under way: a script that sends its password with thirty requests at the same
 * moment has made one attempt, and one comparison is made for all.
 */
public class SameGuesses {

    private final ConcurrentMap<Guess, CompletableFuture<SignedOnPerson>> underWay = new ConcurrentHashMap<>();

    public record Guess(String login, String password, String address) {

        /** Never the password. */
        @Override
        public String toString() {
            return login + " from " + address;
        }
    }

    /** @throws SignOnRefusedException as the attempt throws it */
    public SignedOnPerson once(Guess guess, Supplier<SignedOnPerson> attempt) {
        CompletableFuture<SignedOnPerson> mine = new CompletableFuture<>();
        CompletableFuture<SignedOnPerson> first = underWay.putIfAbsent(guess, mine);
        if (first != null) {
            return answerOf(first);
        }
        try {
            SignedOnPerson answer = attempt.get();
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            underWay.remove(guess, mine);
        }
    }

    private static SignedOnPerson answerOf(CompletableFuture<SignedOnPerson> first) {
        try {
            return first.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SignOnRefusedException refused) {
                throw new SignOnRefusedException(refused);
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
