// The script of docs/browser.md. Served without these comments and without indentation, so every
// statement must stand on lines of its own and no text may span two lines.
(function (w, d, n) {
  'use strict';
  var self = d.currentScript;
  var address = new URL(self ? self.src : w.carillon.src, d.baseURI);
  var settings = address.searchParams;
  var company = settings.get('company_id');
  var store = 'carillon_' + company;
  var early = (w.carillon && w.carillon.q) || [];
  var NAMES = ['email', 'phone_number', 'external_id'];
  // What a visit is known by: a = device, w = who, c = consent given (1) or refused (0).
  var state = {};
  var queue = [];
  var busy = false;
  var begun = false;
  var wait = 1000;

  function local(work) {
    try {
      return work(w.localStorage);
    } catch (e) {
      return null;
    }
  }

  function readCookie() {
    var found = d.cookie.split('; ').filter(function (one) { return one.indexOf(store + '=') === 0; })[0];
    return found && decodeURIComponent(found.slice(store.length + 1));
  }

  function load() {
    try {
      state = JSON.parse(local(function (s) { return s.getItem(store); }) || readCookie()) || {};
    } catch (e) {
      state = {};
    }
  }

  function save() {
    var text = JSON.stringify(state);
    if (!local(function (s) { s.setItem(store, text); return 1; })) {
      d.cookie = store + '=' + encodeURIComponent(text) + '; path=/; max-age=31536000; SameSite=Lax' +
        (w.location.protocol === 'https:' ? '; Secure' : '');
    }
  }

  function random() {
    return Array.from(w.crypto.getRandomValues(new Uint8Array(16)), function (b) {
      return (b + 256).toString(16).slice(1);
    }).join('');
  }

  // Without a word of the visitor, the browser's own wish counts.
  function allowed() {
    if (state.c !== undefined) {
      return state.c === 1;
    }
    return settings.get('consent') !== 'required' && n.doNotTrack !== '1' && !n.globalPrivacyControl;
  }

  function person(more) {
    if (!state.a) {
      state.a = random();
      save();
    }
    return Object.assign({}, state.w, more, { anonymous_id: state.a });
  }

  function post(item) {
    var body = JSON.stringify({ data: item.data });
    return w.fetch(address.origin + item.path + '?company_id=' + company, {
      method: 'POST',
      body: body,
      credentials: 'omit',
      keepalive: body.length < 60000,
      headers: { 'content-type': 'application/json', revision: '2026-04-15' }
    }).then(function (r) { return r.status !== 429 && r.status < 500; }, function () { return false; });
  }

  function forget(item) {
    local(function (s) { s.removeItem(item.key); });
  }

  // One after the other, so that what was said first is known first.
  function pump() {
    var item = queue[0];
    if (busy || !item) {
      return;
    }
    busy = true;
    post(item).then(function (done) {
      if (done) {
        forget(item);
        queue = queue.filter(function (one) { return one !== item; });
        wait = 1000;
      }
      w.setTimeout(function () { busy = false; pump(); }, done ? 0 : wait * (0.5 + Math.random()));
      wait = done ? 1000 : Math.min(wait * 2, 60000);
    });
  }

  // Kept until it is taken: a page that ends too soon leaves it to the next one. The server drops
  // what comes twice by its unique_id.
  function send(path, data) {
    var item = { path: path, data: data, key: store + '_' + Date.now() + random() };
    queue.push(item);
    if (queue.length < 50) {
      local(function (s) { s.setItem(item.key, JSON.stringify(item)); });
    }
    pump();
  }

  function leftovers() {
    return local(function (s) {
      return Object.keys(s).filter(function (key) { return key.indexOf(store + '_') === 0; }).sort();
    }) || [];
  }

  function flush() {
    if (d.visibilityState === 'hidden') {
      queue.slice(busy ? 1 : 0).forEach(function (item) {
        post(item).then(function (done) {
          if (done) {
            forget(item);
            queue = queue.filter(function (one) { return one !== item; });
          }
        });
      });
    }
  }

  function profile(attributes) {
    return { data: { type: 'profile', attributes: attributes } };
  }

  var commands = {
    // { email, phone_number, external_id, first_name, …, properties: {…} }
    identify: function (attributes) {
      var who = {};
      NAMES.forEach(function (name) {
        if (attributes[name]) {
          who[name] = attributes[name];
        }
      });
      var before = state.w || {};
      // Somebody else sits here now: what they do is not the last one's.
      if (NAMES.some(function (name) { return who[name] && before[name] && who[name] !== before[name]; })) {
        state.a = random();
        before = {};
      }
      state.w = Object.assign({}, before, who);
      save();
      send('/client/profiles', profile(person(attributes)).data);
    },
    // Options: value, value_currency, unique_id, time
    track: function (metric, properties, options) {
      send('/client/events', {
        type: 'event',
        attributes: Object.assign({ unique_id: random(), time: new Date().toISOString() }, options, {
          properties: properties || {},
          metric: { data: { type: 'metric', attributes: { name: metric } } },
          profile: profile(person())
        })
      });
    },
    // Queries can hold secrets, so the address is told without.
    page: function (properties) {
      commands.track('Active on Site', Object.assign({
        page: w.location.origin + w.location.pathname, title: d.title
      }, properties));
    },
    viewedProduct: function (product) {
      commands.track('Viewed Product', product);
    },
    addedToCart: function (product, options) {
      var value = product.Price * (product.Quantity || 1);
      commands.track('Added to Cart', product, Object.assign(value >= 0 ? { value: value } : {}, options));
    },
    // { email, phone_number, … } and what else the API takes of a subscriber
    subscribe: function (list, attributes, source) {
      send('/client/subscriptions', {
        type: 'subscription',
        attributes: { custom_source: source, profile: profile(attributes) },
        relationships: { list: { data: { type: 'list', id: list } } }
      });
    },
    // After a log-out, the next one at this device is somebody else.
    reset: function () {
      state = { c: state.c };
      save();
    }
  };

  function consent(yes) {
    if (!yes) {
      queue = [];
      leftovers().forEach(function (key) { forget({ key: key }); });
      state = {};
      begun = false;
    }
    state.c = yes ? 1 : 0;
    save();
    if (yes && !begun) {
      begin();
    }
  }

  function run(name, one, two, three) {
    if (name === 'consent') {
      consent(one);
    } else if (allowed() && commands[name]) {
      commands[name](one, two, three);
    }
  }

  // Who comes from a mail is named in the link; taken out, so that nobody else gets it with the link.
  function arrive() {
    var here = new URL(w.location.href);
    var token = here.searchParams.get('_kx');
    if (token) {
      here.searchParams.delete('_kx');
      w.history.replaceState(w.history.state, '', here);
      state.w = { _kx: token };
      save();
    }
  }

  function begin() {
    begun = true;
    arrive();
    leftovers().forEach(function (key) {
      var item = local(function (s) { return JSON.parse(s.getItem(key)); });
      if (item) {
        queue.push(item);
      }
    });
    if (settings.get('pages') !== 'off') {
      commands.page();
    }
    pump();
  }

  if (!company) {
    return;
  }
  load();
  w.carillon = function () { run.apply(null, arguments); };
  var asked = [].filter.call(early, function (one) { return one[0] === 'consent'; });
  asked.forEach(function (one) { state.c = one[1] ? 1 : 0; });
  if (asked.length) {
    save();
  }
  if (allowed()) {
    begin();
  }
  [].forEach.call(early, function (one) {
    if (one[0] !== 'consent') {
      run.apply(null, one);
    }
  });
  d.addEventListener('visibilitychange', flush);
}(window, document, navigator));
