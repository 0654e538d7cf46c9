"""Tampering with the process that runs the tests: everything in it belongs to the student, so nothing in it is believed."""

from tests.hostile.attack import ENDED, STOPPED, WRONG, WRONG_OR_STOPPED, Attack

SAMPLE = [
    Attack("del_and_atexit", "$WRONG\nimport atexit\ndef leave():\n    try: open('$COURSE/left_behind', 'w').write('x')\n"
           "    except OSError: pass\natexit.register(leave)\nclass Last:\n    def __del__(self): leave()\nlast = Last()"),
    Attack("detect_grading_env", "import os\nif any('nbgrader' in name.lower() for name in os.environ): print('BREACH')\n$WRONG"),
    Attack("displayhook_forge_partial", "$WRONG\nimport ast\nclass Full(ast.NodeTransformer):\n    def visit_Module(self, node):\n"
           "        return ast.parse('5.0') if 'probe' in ast.dump(node) else node\nget_ipython().ast_transformers.append(Full())",
           late=True, kinds=STOPPED),
    Attack("empty_broadcast", answer="return np.zeros((0, 1))"),
    Attack("evil_eq_object", "class Yes(float):\n    def __eq__(self, other): return True\n    __hash__ = float.__hash__\n"
           "    def __array_function__(self, *rest): return True\n    def __sub__(self, other): return 0.0\n    __rsub__ = __sub__",
           answer="return Yes(-1)"),
    Attack("exit_before_tests", "$WRONG\nimport os\nos._exit(0)", kinds=STOPPED, hint="the Python process ended"),
    Attack("object_dtype_array", "class Half:\n    def __sub__(self, other): return 0.0\n    __rsub__ = __sub__\n"
           "    def __eq__(self, other): return True\n    def __float__(self): return 0.5",
           answer="made = np.empty($SHAPE, object)\nmade[...] = Half()\nreturn made", hint="dtype: got object"),
    Attack("patch_builtins", "$WRONG\nimport builtins\nbuiltins.all = lambda *given: True\nbuiltins.abs = lambda given: 0\n"
           "np.allclose = lambda *given, **more: True", late=True, kinds=WRONG_OR_STOPPED),
    Attack("patch_np_testing_torch", "$WRONG\nimport numpy.testing as testing\nyes = lambda *given, **more: True\n"
           "np.allclose = np.array_equal = np.isclose = yes\ntesting.assert_allclose = testing.assert_array_equal = yes\n"
           "try:\n    import torch\n    torch.allclose = torch.equal = torch.testing.assert_close = yes\nexcept ImportError: pass",
           kinds=(*WRONG, "delegated")),
    Attack("patch_run_cell", "$WRONG\nshell = get_ipython()\nfrom IPython.core.interactiveshell import ExecutionResult\n"
           "done = lambda *given, **more: ExecutionResult(None)\nshell.run_cell = done\nshell.run_code = done", late=True,
           kinds=STOPPED),
    Attack("patch_shipping_code", "$WRONG\nimport sys\nfor module in list(sys.modules.values()):\n"
           "    if getattr(module, '__name__', '').startswith('helpers.'):\n"
           "        for name in ('_ship', 'encode_leaves', 'encode_frame', 'send'):\n"
           "            if hasattr(module, name): setattr(module, name, lambda *given, **more: b'')\n"
           "np.save = lambda file, *given, **more: file.write(b'forged')", late=True, kinds=ENDED),
    Attack("poison_next_student_startup", "$WRONG\nfrom pathlib import Path\nfor home in (Path.home(), Path('/root'), Path('$OUTSIDE')):\n"
           "    try:\n        startup = home / '.ipython/profile_default/startup'\n        startup.mkdir(parents=True)\n"
           "        (startup / '00.py').write_text('import numpy as np\\nnp.exp = None')\n    except OSError: pass"),
    Attack("quiet_exit_kernel", "$WRONG\nget_ipython().ask_exit()\nexit()", kinds=WRONG_OR_STOPPED),
    Attack("replace_course_helpers", "$WRONG\nimport sys, types\nfake = types.ModuleType('helpers.probe')\n"
           "fake.probe = fake.check = lambda *given, **more: True\nsys.modules['helpers.probe'] = fake\n"
           "open('helpers.py', 'w').write('probe = print')", late=True, kinds=STOPPED),
    Attack("session_send_forge_reply", "$WRONG\nshell = get_ipython()\nshell._showtraceback = lambda *given: None\n"
           "shell.showtraceback = lambda *given, **more: None\nshell.kernel = shell"),
    Attack("stdout_spoof_score", "$WRONG\nprint('{\"score\": 10, \"status\": \"passed\"}')\nprint('ALL TESTS PASSED 10/10')\n5.0",
           prints="ALL TESTS PASSED"),
]

OWN = [
    Attack("fake_probe_through_an_import_hook", "$WRONG\nimport sys\nclass Finder:\n    def find_spec(self, name, *rest):\n"
           "        if name == 'helpers.probe':\n            import importlib.util\n            return importlib.util.spec_from_loader(name, self)\n"
           "    def create_module(self, spec): return None\n    def exec_module(self, module): module.probe = lambda *given: None\n"
           "sys.meta_path.insert(0, Finder())\nsys.modules.pop('helpers.probe')", late=True, kinds=STOPPED),
    Attack("input_transformer_that_empties_cells", "$WRONG\nget_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])",
           late=True),  # what is Python already is not transformed, so the answer is tried, and is wrong
    Attack("pre_run_hook_that_replaces_the_answer", "$WRONG\ndef replace(*given):\n    get_ipython().user_ns['$NAME'] = 1.0\n"
           "get_ipython().events.register('pre_run_cell', replace)", late=True, kinds=WRONG_OR_STOPPED),
    Attack("locked_names_overwritten", "$WRONG\ncheck = lambda *given, **more: None\nprobe = check"),
    Attack("inputs_overwritten_before_the_test", "from helpers import probe as half\nfor cases in half._session.inputs.values():\n"
           "    for number, (spec, blobs) in cases:\n        blobs[:] = [bytes(len(blob)) for blob in blobs]", late=True,
           answer="return np.zeros_like(x) if isinstance(x, np.ndarray) else {}", kinds=WRONG_OR_STOPPED),
    Attack("inputs_exchanged_for_one_easy_case", "from helpers import probe as half\nhalf._session.cases = lambda name: [\n"
           "    (number, {'x': np.zeros((1, 1))}) for number in range(20)]", late=True, kinds=WRONG_OR_STOPPED,
           answer="return np.zeros((1, 1))"),
    Attack("other_probes_inputs_answered", "from helpers import probe as half\nfirst = next(iter(half._session.inputs))\n"
           "half._session.inputs['$NAME'] = half._session.inputs[first]\n$WRONG", late=True, kinds=WRONG_OR_STOPPED),
    Attack("frames_walked_to_the_shipped_values", answer="import sys\nframe = sys._getframe()\nwhile frame:\n"
           "    if 'leaves' in frame.f_locals or 'session' in frame.f_locals:\n        frame.f_locals.update({'leaves': [], 'value': None})\n"
           "    frame = frame.f_back\nreturn np.zeros_like(x)", kinds=WRONG_OR_STOPPED),  # from Python 3.13 on such a write reaches the frame
    Attack("settrace_that_edits_the_test", "$WRONG\nimport sys\ndef spy(frame, event, value):\n    if event == 'return' and 'leaves' in frame.f_locals:\n"
           "        frame.f_locals['leaves'].clear()\n    return spy\nsys.settrace(spy)", late=True, kinds=WRONG_OR_STOPPED),
    Attack("setprofile_and_audit_hooks", "$WRONG\nimport sys, threading\nsys.setprofile(lambda *given: None)\nsys.addaudithook(lambda *given: None)\n"
           "threading.setprofile(lambda *given: None)"),
    Attack("flatten_patched_to_lie_about_shapes", "$WRONG\nfrom helpers import wire, probe as half\n"
           "old = wire.encode_leaves\ndef lie(leaves):\n    headers, blobs = old(leaves)\n    for header in headers: header['shape'] = [0]\n"
           "    return headers, [b''] * len(blobs)\nhalf.encode_leaves = lie", late=True, kinds=WRONG_OR_STOPPED),
    Attack("json_patched_to_add_a_score", "$WRONG\nimport json\nold = json.dumps\njson.dumps = lambda value, **more: old(\n"
           "    {**value, 'score': 10, 'status': 'pass', 'points': 10} if isinstance(value, dict) else value, **more)"),
    Attack("asarray_patched", "$WRONG\nfor name in ('asarray', 'ascontiguousarray', 'array'):\n"
           "    setattr(np, name, lambda *given, **more: np.zeros(3))", late=True, kinds=WRONG_OR_STOPPED),
    Attack("array_subclass_that_agrees_with_everything", "class Agree(np.ndarray):\n    def __eq__(self, other): return True\n"
           "    def __array_ufunc__(self, *given, **more): return np.True_\n    def __array_finalize__(self, other): pass\n"
           "    def tobytes(self, *given): return b'right' * 99", answer="return np.zeros_like(x).view(Agree)"),
    Attack("array_interface_of_foreign_memory", "class Foreign:\n    __array_interface__ = {'version': 3, 'shape': (8,), 'typestr': '<f8',\n"
           "                           'data': (0, False)}", answer="return Foreign()"),
    Attack("array_method_with_a_side_effect", "class Later:\n    def __array__(self, *given, **more):\n        print('BREACH of nothing')\n"
           "        return np.zeros(3)\nclass Plain(float):\n    def __array__(self, *given, **more):\n        return np.full(3, np.nan)",
           answer="return Plain(0)"),
    Attack("mapping_without_end", "class Endless(dict):\n    def __bool__(self): return True\n    def items(self):\n"
           "        n = 0\n        while True:\n            yield n, 0.0\n            n += 1", answer="return Endless()", kinds=ENDED),
    Attack("list_that_lies_about_itself", "class Liar(list):\n    def __len__(self): return -1\n    def __iter__(self): return iter([0.0] * 5)\n"
           "    def __getitem__(self, index): return self", answer="return Liar()", kinds=WRONG_OR_STOPPED),
    Attack("masked_so_that_nothing_is_compared", answer="return np.ma.masked_all($SHAPE)"),
    Attack("all_nan", answer="return np.full($SHAPE, np.nan)", hint="finite: got nan"),
    Attack("all_infinite", answer="return np.full($SHAPE, np.inf)", hint="the same in every case"),
    Attack("complex_numbers", answer="return np.zeros($SHAPE, complex)", hint="dtype: got complex128"),
    Attack("structured_dtype", answer="return np.zeros($SHAPE, [('x', 'f8'), ('y', 'O')])"),
    Attack("names_of_other_leaves", answer="return {'': 0.0, 'out': 0.0, '../x': 0.0, 'x' * 10**6: 0.0, 'args.x': 0.0}"),
    Attack("base_exception_from_an_answer", answer="raise KeyboardInterrupt", kinds=STOPPED),
    Attack("system_exit_from_an_answer", answer="raise SystemExit(0)", kinds=STOPPED),
    Attack("generator_exit_from_an_answer", answer="raise GeneratorExit", kinds=STOPPED),
    Attack("exception_called_lost", "Lost = type('lost', (Exception,), {})", answer="raise Lost('nothing to see')", kinds=WRONG_OR_STOPPED),
    Attack("exception_that_cannot_be_named", "class Meta(type):\n    def __getattribute__(cls, name): raise RuntimeError\n"
           "class Silent(Exception, metaclass=Meta):\n    def __str__(self): raise RuntimeError", answer="raise Silent", kinds=ENDED),
    Attack("a_stub_that_says_nothing", "exec(compile('def $NAME(*given): raise NotImplementedError(\" \")', 'elsewhere', 'exec'))",
           kinds=("missing", "error")),
    Attack("exit_status_of_success", "import os, signal\n$WRONG\nos.kill(os.getpid(), signal.SIGTERM)", kinds=STOPPED),
    Attack("signal_handlers_everywhere", "$WRONG\nimport signal\nfor number in range(1, 65):\n    try: signal.signal(number, lambda *given: None)\n"
           "    except (OSError, ValueError): pass\nsignal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)"),
    Attack("ctypes_writes_over_a_float", "$WRONG\nimport ctypes\nctypes.memmove(id(1.5) + 16, b'\\0' * 8, 8)\n"
           "spare = ctypes.create_string_buffer(64)\nctypes.memset(spare, 255, 64)"),
    Attack("ctypes_crash", "import ctypes\nctypes.string_at(1)", kinds=STOPPED, hint="the Python process ended"),
    Attack("modules_of_ones_own_beside_the_notebook", "$WRONG\nfrom pathlib import Path\nfor name in ('numpy', 'sitecustomize', 'usercustomize',"
           " 'matplotlib', 'json', 'probe'):\n    Path(name + '.py').write_text('raise SystemExit')\n"
           "Path('x.pth').write_text('import os; os._exit(0)')\nimport sys\nsys.path.insert(0, '.')"),
    Attack("crash_after_leaving_files_for_the_second_try", "from pathlib import Path\nif Path('seen').exists(): print('BREACH')\n"
           "Path('seen').touch()\nfor place in ('/tmp/seen', '/dev/shm/seen'):\n    if Path(place).exists(): print('BREACH')\n"
           "    Path(place).touch()\n$WRONG\nimport os\nos._exit(1)", kinds=STOPPED),
    Attack("gc_without_the_channel", "$WRONG\nimport gc\nfor thing in gc.get_objects():\n    if type(thing).__name__ == 'Channel':\n"
           "        thing.inputs.clear(); thing.uses.clear()", late=True, kinds=WRONG_OR_STOPPED),
    Attack("every_channel_method_replaced", "$WRONG\nfrom helpers import probe as half\nkind = type(half._session)\n"
           "for name in ('cases', 'use', 'finish', 'read'):\n    setattr(kind, name, lambda *given: [])", late=True, kinds=WRONG_OR_STOPPED),
    Attack("values_that_change_after_shipping", "import threading\nlast = []\ndef later():\n    import time\n    while True:\n"
           "        time.sleep(0.001)\n        for value in last: value += 1\nthreading.Thread(target=later, daemon=True).start()",
           answer="made = np.zeros($SHAPE)\nlast.append(made)\nreturn made"),
    Attack("garbage_collector_off_and_recursion_unlimited", "$WRONG\nimport gc, sys\ngc.disable()\nsys.setrecursionlimit(10**8)\n"
           "sys.setswitchinterval(100)"),
    Attack("descriptor_closed", "$WRONG\nimport os\nos.closerange(3, 64)", kinds=STOPPED),
    Attack("descriptor_shut_down", "$WRONG\nimport socket\nfor number in range(3, 64):\n    try:\n"
           "        socket.socket(fileno=number).shutdown(socket.SHUT_RDWR)\n    except OSError: pass", kinds=STOPPED),
]
