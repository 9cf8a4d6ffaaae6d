package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The accounts of a world, by id and by access key. Thread-safe. */
final class Accounts {

  private final Map<AccountId, Account> byId = new ConcurrentHashMap<>();
  private final Map<String, Account> byAccessKey = new ConcurrentHashMap<>();

  Account get(AccountId id, Function<AccountId, Account> create) {
    return byId.computeIfAbsent(
        id,
        absent -> {
          Account account = create.apply(absent);
          byAccessKey.put(account.accessKeyId(), account);
          return account;
        });
  }

  @Nullable Account byAccessKey(@Nullable String accessKeyId) {
    return accessKeyId == null ? null : byAccessKey.get(accessKeyId);
  }

  List<Account> all() {
    return List.copyOf(byId.values());
  }
}
