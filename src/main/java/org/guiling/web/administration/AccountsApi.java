package org.guiling.web.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.signon.password.Passwords;
import org.guiling.signon.throttle.LockOuts;
import org.guiling.signon.throttle.LockOuts.LockedAccount;
import org.guiling.signon.throttle.LockOuts.LockedSource;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.TellsSecret;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets an administrator help accounts that cannot sign on. */
@RestController
@RequestMapping("/api/accounts")
@Tag(name = "accounts", description = "Locked accounts, forgotten passwords")
class AccountsApi {

    private final LockOuts lockOuts;
    private final Passwords passwords;
    private final CurrentPerson currentPerson;

    AccountsApi(LockOuts lockOuts, Passwords passwords, CurrentPerson currentPerson) {
        this.lockOuts = lockOuts;
        this.passwords = passwords;
        this.currentPerson = currentPerson;
    }

    /** A page of each list, with how many there are in it. */
    record LockedAccounts(
            List<LockedAccount> accounts, int accountCount, List<LockedSource> sources, int sourceCount) {}

    record InitialPassword(String account, String initialPassword) {}

    @GetMapping("/locked")
    @Operation(
            summary = "The accounts and sources that have to wait after too many wrong passwords; for administrators",
            description = "offset and limit say which lines of either list.")
    LockedAccounts locked(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        administrator();
        int first = PageSize.offset(offset);
        int pageSize = PageSize.of(limit);
        return new LockedAccounts(
                lockOuts.current(first, pageSize),
                lockOuts.countCurrent(),
                lockOuts.sources(first, pageSize),
                lockOuts.countSources());
    }

    @DeleteMapping("/{account}/lock-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Let a locked account in again; for administrators")
    void unlock(@PathVariable String account) {
        Person administrator = administrator();
        if (!lockOuts.lift(account, administrator.id())) {
            throw RefusedException.conflict("account.not-locked", account);
        }
    }

    @DeleteMapping("/sources/{source}/lock-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Let a source sign on again; for administrators")
    void unlockSource(@PathVariable String source) {
        Person administrator = administrator();
        if (!lockOuts.liftSource(source, administrator.id())) {
            throw RefusedException.conflict("source.not-locked", source);
        }
    }

    @PostMapping("/{account}/initial-password")
    @TellsSecret
    @Operation(
            summary = "Set an initial password, told once, for somebody who forgot theirs; for administrators",
            description =
                    "Sessions and tokens of the account end. The person chooses another password at the next sign-on.")
    InitialPassword reset(@PathVariable String account) {
        return new InitialPassword(
                account, passwords.reset(account, administrator().id()));
    }

    private Person administrator() {
        Person person = currentPerson.get();
        if (!person.has(Role.ADMINISTRATOR)) {
            throw RefusedException.forbidden("refusal.role.accounts");
        }
        return person;
    }
}
